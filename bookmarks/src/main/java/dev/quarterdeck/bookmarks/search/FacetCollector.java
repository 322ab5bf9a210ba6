package dev.quarterdeck.bookmarks.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/// Counts tags and sites of all matches, by segment with plain arrays.
final class FacetCollector implements Collector {
  private final Map<String, Integer> tags = new HashMap<>();
  private final Map<String, Integer> sites = new HashMap<>();
  private int matches;
  private int untagged;

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
    SortedSetDocValues tagsOf = leaf.reader().getSortedSetDocValues(Fields.TAG);
    SortedDocValues hostOf = leaf.reader().getSortedDocValues(Fields.HOST);
    int[] tagCounts = new int[tagsOf == null ? 0 : (int) tagsOf.getValueCount()];
    int[] hostCounts = new int[hostOf == null ? 0 : hostOf.getValueCount()];
    return new LeafCollector() {
      @Override
      public void setScorer(Scorable scorer) {}

      @Override
      public void collect(int doc) throws IOException {
        matches++;
        if (tagsOf != null && tagsOf.advanceExact(doc)) {
          for (int i = tagsOf.docValueCount(); i > 0; i--) {
            tagCounts[(int) tagsOf.nextOrd()]++;
          }
        } else {
          untagged++;
        }
        if (hostOf != null && hostOf.advanceExact(doc)) {
          hostCounts[hostOf.ordValue()]++;
        }
      }

      @Override
      public void finish() throws IOException {
        for (int ord = 0; ord < tagCounts.length; ord++) {
          if (tagsOf != null && tagCounts[ord] > 0) {
            String tag = Fields.tagId(tagsOf.lookupOrd(ord).utf8ToString());
            tags.merge(tag, tagCounts[ord], Integer::sum);
          }
        }
        for (int ord = 0; ord < hostCounts.length; ord++) {
          if (hostOf != null && hostCounts[ord] > 0) {
            sites.merge(hostOf.lookupOrd(ord).utf8ToString(), hostCounts[ord], Integer::sum);
          }
        }
      }
    };
  }

  int matches() {
    return matches;
  }

  int untagged() {
    return untagged;
  }

  Map<String, Integer> tags() {
    return tags;
  }

  Map<String, Integer> sites() {
    return sites;
  }

  static List<Facets.Count> top(Map<String, Integer> counts, int most) {
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .map(entry -> new Facets.Count(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt(Facets.Count::count)
                .reversed()
                .thenComparing(Facets.Count::value))
        .limit(most)
        .toList();
  }
}
