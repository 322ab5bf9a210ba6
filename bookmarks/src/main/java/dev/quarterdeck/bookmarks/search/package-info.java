/// The search language and the index of bookmarks.
///
/// Start at [QueryParser] for the language. A query is parsed to a [Node]; the index finds the
/// candidates, and [Evaluator] says of one bookmark whether it truly matches.
@NullMarked
package dev.quarterdeck.bookmarks.search;

import org.jspecify.annotations.NullMarked;
