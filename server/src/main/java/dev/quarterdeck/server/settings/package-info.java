/// The root settings record and the groups whose slices do not own them.
@NullMarked
package dev.quarterdeck.server.settings;

import org.jspecify.annotations.NullMarked;
