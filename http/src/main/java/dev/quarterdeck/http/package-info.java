@NullMarked
package dev.quarterdeck.http;

import org.jspecify.annotations.NullMarked;
