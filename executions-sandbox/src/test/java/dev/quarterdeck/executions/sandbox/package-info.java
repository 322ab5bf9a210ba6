@NullMarked
package dev.quarterdeck.executions.sandbox;

import org.jspecify.annotations.NullMarked;
