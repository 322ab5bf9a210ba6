/// Production state of one repository: which components are live, at which commit, by whom, and how
/// every branch differs. The types that others may name stand here; routes are in `http`.
@NullMarked
package dev.quarterdeck.production;

import org.jspecify.annotations.NullMarked;
