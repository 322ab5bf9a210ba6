/// The composition root: `main()`, the wiring of all parts by hand, and the command line.
@NullMarked
package dev.quarterdeck.server;

import org.jspecify.annotations.NullMarked;
