/// The whole server, from outside.
@NullMarked
package dev.quarterdeck.server;

import org.jspecify.annotations.NullMarked;
