/// The console's shell: navigation, login, look, and the pages that slices add to it.
@NullMarked
package dev.quarterdeck.http.console;

import org.jspecify.annotations.NullMarked;
