package dev.quarterdeck.bookmarks.search;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Hands prepared terms to the index writer. Used again for each field by one thread.
final class TermStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private Collection<String> terms = List.of();
  private Iterator<String> next = terms.iterator();

  TermStream of(Collection<String> of) {
    terms = of;
    return this;
  }

  @Override
  public void reset() {
    next = terms.iterator();
  }

  @Override
  public boolean incrementToken() {
    if (!next.hasNext()) {
      return false;
    }
    clearAttributes();
    term.append(next.next());
    return true;
  }
}
