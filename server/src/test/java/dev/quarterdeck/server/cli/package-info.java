/// The command line, as its callers see it.
@NullMarked
package dev.quarterdeck.server.cli;

import org.jspecify.annotations.NullMarked;
