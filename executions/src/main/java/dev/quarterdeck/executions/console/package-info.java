/// The console's page for executions: write a program, run it, watch it, look back.
@NullMarked
package dev.quarterdeck.executions.console;

import org.jspecify.annotations.NullMarked;
