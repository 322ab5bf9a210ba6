/// Reads the pages behind bookmarks: title, description, icon. Their addresses come from strangers,
/// so nothing here ever reaches an address that is not public, whatever a name, a redirect or a
/// picture says.
@NullMarked
package dev.quarterdeck.bookmarks.page;

import org.jspecify.annotations.NullMarked;
