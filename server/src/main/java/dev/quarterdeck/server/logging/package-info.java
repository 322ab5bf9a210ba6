/// The one log: everything goes to standard error, as text for people or JSON for programs.
@NullMarked
package dev.quarterdeck.server.logging;

import org.jspecify.annotations.NullMarked;
