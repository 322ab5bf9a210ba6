/// The commands of the `quarterdeck` program.
@NullMarked
package dev.quarterdeck.server.cli;

import org.jspecify.annotations.NullMarked;
