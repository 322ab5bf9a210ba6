/// Tests of production state over real HTTP and the real command line.
@NullMarked
package dev.quarterdeck.server.production;

import org.jspecify.annotations.NullMarked;
