package dev.quarterdeck.bookmarks.search;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/// Everybody who has bookmarks.
final class Owners {
  private Owners() {}

  static Set<String> of(IndexReader reader) throws IOException {
    Set<String> owners = new TreeSet<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(Fields.OWNED);
      if (terms != null) {
        TermsEnum each = terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
          String owned = term.utf8ToString();
          if (owned.indexOf('\0') < 0) {
            owners.add(owned);
          }
        }
      }
    }
    return owners;
  }
}
