/// The settings as the seeds and the catalogue document them.
@NullMarked
package dev.quarterdeck.server.settings;

import org.jspecify.annotations.NullMarked;
