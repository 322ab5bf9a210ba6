package dev.quarterdeck.bookmarks.search;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// Candidates whose folded text of one field truly has the needle in it. The text is looked at as
/// late as possible: after every other condition, and only for as many candidates as a page needs.
final class VerifiedQuery extends Query {
  private static final float COST_OF_A_LOOK = 200;

  private final Query candidates;
  private final String field;
  private final BytesRef needle;

  VerifiedQuery(Query candidates, String field, BytesRef needle) {
    this.candidates = candidates;
    this.field = field;
    this.needle = needle;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Query rewritten = candidates.rewrite(searcher);
    return rewritten.equals(candidates) ? this : new VerifiedQuery(rewritten, field, needle);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    Weight inner =
        searcher.createWeight(searcher.rewrite(candidates), ScoreMode.COMPLETE_NO_SCORES, 1);
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        ScorerSupplier supplier = inner.scorerSupplier(leaf);
        BinaryDocValues texts = leaf.reader().getBinaryDocValues(field);
        if (supplier == null || texts == null) {
          return null;
        }
        float score = score();
        return new ScorerSupplier() {
          @Override
          public Scorer get(long leadCost) throws IOException {
            DocIdSetIterator found = supplier.get(leadCost).iterator();
            return new ConstantScoreScorer(score, mode, new Look(found, texts, needle));
          }

          @Override
          public long cost() {
            return supplier.cost();
          }
        };
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return true;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    candidates.visit(visitor);
  }

  @Override
  public String toString(String field) {
    return "verified(" + this.field + ": " + needle.utf8ToString() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifiedQuery that
        && field.equals(that.field)
        && needle.equals(that.needle)
        && candidates.equals(that.candidates);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), field, needle, candidates);
  }

  /// Whether the bytes hold the needle's. UTF-8 begins no character inside another, so bytes
  /// suffice.
  static boolean contains(BytesRef in, BytesRef needle) {
    if (needle.length == 0) {
      return true;
    }
    byte first = needle.bytes[needle.offset];
    int last = in.offset + in.length - needle.length;
    for (int at = in.offset; at <= last; at++) {
      if (in.bytes[at] == first && matches(in.bytes, at, needle)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, BytesRef needle) {
    for (int i = 1; i < needle.length; i++) {
      if (bytes[at + i] != needle.bytes[needle.offset + i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Look extends TwoPhaseIterator {
    private final BinaryDocValues texts;
    private final BytesRef needle;

    Look(DocIdSetIterator candidates, BinaryDocValues texts, BytesRef needle) {
      super(candidates);
      this.texts = texts;
      this.needle = needle;
    }

    @Override
    public boolean matches() throws IOException {
      return texts.advanceExact(approximation.docID()) && contains(texts.binaryValue(), needle);
    }

    @Override
    public float matchCost() {
      return COST_OF_A_LOOK;
    }
  }
}
