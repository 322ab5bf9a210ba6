package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Node.Property;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/// One search in one view of the index: a page, how many there are, facets.
final class IndexSearch {
  private static final int FACETS = 20;
  private static final long PAGE_NANOS = 2_000_000_000L;
  private static final long COUNT_NANOS = 300_000_000L;

  /// A page this deep needs a hundred bytes for each bookmark before it, so one at a time.
  private static final int DEEP = 50_000;

  private static final Semaphore DEEP_PAGES = new Semaphore(1, true);

  private final IndexSearcher searcher;
  private final Query query;
  private final long pageNanos;
  private final long countNanos;

  /// @param searcher of this search alone
  IndexSearch(IndexSearcher searcher, Query query) throws IOException {
    this(searcher, query, PAGE_NANOS, COUNT_NANOS);
  }

  /// @param pageNanos after which a page is what was found by then
  /// @param countNanos after which a total is what was counted by then
  IndexSearch(IndexSearcher searcher, Query query, long pageNanos, long countNanos)
      throws IOException {
    this.searcher = searcher;
    this.query = searcher.rewrite(query);
    this.pageNanos = pageNanos;
    this.countNanos = countNanos;
  }

  /// A page.
  ///
  /// @param next the place of the last one, when there may be more
  /// @param cut whether the search gave up before it had seen everything
  record Hits(List<Answer.Hit> hits, Optional<FieldDoc> next, boolean cut) {
    List<String> ids() {
      return hits.stream().map(Answer.Hit::id).toList();
    }
  }

  /// A number of matches.
  ///
  /// @param exact whether it is not only a lower bound
  record Total(int value, boolean exact) {}

  /// The matches after a place, or from the beginning.
  Hits page(Order order, @Nullable FieldDoc after, int skip, int limit) throws IOException {
    int wanted = Math.min(Math.max(1, searcher.getIndexReader().maxDoc()), skip + limit + 1);
    TopFieldDocs top = wanted < DEEP ? top(order, after, wanted) : deep(order, after, wanted);
    List<Answer.Hit> hits = new ArrayList<>();
    @Nullable FieldDoc last = null;
    for (int i = skip; i < Math.min(top.scoreDocs.length, skip + limit); i++) {
      hits.add(hit(top.scoreDocs[i]));
      last = (FieldDoc) top.scoreDocs[i];
    }
    boolean more = top.scoreDocs.length > skip + limit;
    return new Hits(hits, more ? Optional.ofNullable(last) : Optional.empty(), searcher.timedOut());
  }

  private TopFieldDocs deep(Order order, @Nullable FieldDoc after, int wanted) throws IOException {
    DEEP_PAGES.acquireUninterruptibly();
    try {
      return top(order, after, wanted);
    } finally {
      DEEP_PAGES.release();
    }
  }

  private TopFieldDocs top(Order order, @Nullable FieldDoc after, int wanted) throws IOException {
    giveUpAfter(pageNanos);
    return searcher.search(
        query, new TopFieldCollectorManager(order.sort(), wanted, after, wanted));
  }

  /// How many matches there are.
  Total total() throws IOException {
    giveUpAfter(countNanos);
    int count = searcher.count(query);
    return new Total(count, !searcher.timedOut());
  }

  Facets facets() throws IOException {
    giveUpAfter(pageNanos);
    FacetCollector counts = new FacetCollector();
    searcher.search(
        query,
        new CollectorManager<FacetCollector, FacetCollector>() {
          @Override
          public FacetCollector newCollector() {
            return counts;
          }

          @Override
          public FacetCollector reduce(Collection<FacetCollector> all) {
            return counts;
          }
        });
    return new Facets(
        FacetCollector.top(counts.tags(), FACETS),
        Math.max(0, counts.tags().size() - FACETS),
        FacetCollector.top(counts.sites(), FACETS),
        Math.max(0, counts.sites().size() - FACETS),
        with(Property.UNREAD),
        with(Property.ARCHIVED),
        with(Property.SHARED),
        counts.untagged());
  }

  private int with(Property property) throws IOException {
    return searcher.count(
        new BooleanQuery.Builder()
            .add(query, Occur.FILTER)
            .add(new TermQuery(new Term(Fields.IS, IndexDocuments.term(property))), Occur.FILTER)
            .build());
  }

  private void giveUpAfter(long nanos) {
    long end = System.nanoTime() + nanos;
    searcher.setTimeout(() -> System.nanoTime() - end > 0);
  }

  private Answer.Hit hit(ScoreDoc doc) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
    int inLeaf = doc.doc - leaf.docBase;
    return new Answer.Hit(value(leaf, Fields.OWNER, inLeaf), value(leaf, Fields.ID, inLeaf));
  }

  private static String value(LeafReaderContext leaf, String field, int doc) throws IOException {
    SortedDocValues values = leaf.reader().getSortedDocValues(field);
    if (values == null || !values.advanceExact(doc)) {
      throw new IOException("a document of the index has no " + field);
    }
    return values.lookupOrd(values.ordValue()).utf8ToString();
  }
}
