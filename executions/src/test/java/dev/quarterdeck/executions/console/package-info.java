@NullMarked
package dev.quarterdeck.executions.console;

import org.jspecify.annotations.NullMarked;
