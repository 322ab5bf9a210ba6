package dev.quarterdeck.bookmarks.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/// Counts the bookmarks of each of an owner's tags without looking at the bookmarks: the index
/// knows how many documents a term has, and only those removed since must be taken off.
final class TagCounts {
  private TagCounts() {}

  /// By id; a tag that no bookmark has is absent.
  static Map<String, Long> of(IndexReader reader, String owner) throws IOException {
    BytesRef beginning = new BytesRef(Fields.tag(owner, ""));
    Map<String, Long> counts = new HashMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      add(counts, leaf.reader(), beginning);
      if (leaf.reader().getLiveDocs() instanceof Bits live) {
        takeOff(counts, leaf.reader(), live, beginning);
      }
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static void add(Map<String, Long> counts, LeafReader leaf, BytesRef beginning)
      throws IOException {
    Terms terms = leaf.terms(Fields.TAG);
    if (terms == null) {
      return;
    }
    TermsEnum each = terms.iterator();
    boolean there = each.seekCeil(beginning) != TermsEnum.SeekStatus.END;
    while (there && StringHelper.startsWith(each.term(), beginning)) {
      counts.merge(Fields.tagId(each.term().utf8ToString()), (long) each.docFreq(), Long::sum);
      there = each.next() != null;
    }
  }

  private static void takeOff(
      Map<String, Long> counts, LeafReader leaf, Bits live, BytesRef beginning) throws IOException {
    SortedSetDocValues tags = leaf.getSortedSetDocValues(Fields.TAG);
    if (tags == null) {
      return;
    }
    for (int doc = 0; doc < leaf.maxDoc(); doc++) {
      if (!live.get(doc) && tags.advanceExact(doc)) {
        for (int i = tags.docValueCount(); i > 0; i--) {
          BytesRef term = tags.lookupOrd(tags.nextOrd());
          if (StringHelper.startsWith(term, beginning)) {
            counts.merge(Fields.tagId(term.utf8ToString()), -1L, Long::sum);
          }
        }
      }
    }
  }
}
