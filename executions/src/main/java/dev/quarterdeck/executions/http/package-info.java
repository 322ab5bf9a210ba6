/// The routes of executions: their shapes on the wire, and who may call them.
@NullMarked
package dev.quarterdeck.executions.http;

import org.jspecify.annotations.NullMarked;
