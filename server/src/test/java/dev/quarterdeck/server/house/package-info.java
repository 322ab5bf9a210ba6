/// Rules of the house, checked: modules, files, documents.
@NullMarked
package dev.quarterdeck.server.house;

import org.jspecify.annotations.NullMarked;
