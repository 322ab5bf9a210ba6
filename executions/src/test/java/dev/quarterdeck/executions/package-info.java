@NullMarked
package dev.quarterdeck.executions;

import org.jspecify.annotations.NullMarked;
