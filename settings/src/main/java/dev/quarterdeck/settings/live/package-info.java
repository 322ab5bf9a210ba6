/// Settings that are loaded anew while the program runs, for programs that want it.
@NullMarked
package dev.quarterdeck.settings.live;

import org.jspecify.annotations.NullMarked;
