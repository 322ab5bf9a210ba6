/// The search language and the index of bookmarks.
///
/// Start at [QueryParser] for the language and at [IndexedSearch] for everything else. A query is
/// parsed to a [Node], and [Evaluator] says what that means for one bookmark. The index only finds
/// faster: every ending of every word is a term, so that a part of a word is the beginning of a
/// term and needs no scan; pairs of characters serve short needles and scripts without spaces; what
/// spans words is verified against the folded text, for as few bookmarks as a page needs.
///
/// A thread of its own follows the journal and reads each changed bookmark from the store. A search
/// waits for the events before it. The index on disk remembers the last event that it has, goes on
/// from there after a restart, and is built anew from the store when it is missing, damaged or no
/// longer connected to the journal.
@NullMarked
package dev.quarterdeck.bookmarks.search;

import org.jspecify.annotations.NullMarked;
