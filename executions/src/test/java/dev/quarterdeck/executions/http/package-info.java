@NullMarked
package dev.quarterdeck.executions.http;

import org.jspecify.annotations.NullMarked;
