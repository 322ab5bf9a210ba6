package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Fields.Text;
import dev.quarterdeck.bookmarks.search.Node.Scope;
import dev.quarterdeck.bookmarks.search.Runs.Run;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/// Queries of the index for "this text stands in one of these fields". Most needles are one word,
/// or a part of one, and need no look at the text; the others find candidates by their parts.
final class TextQueries {
  private final String needle;
  private final List<Text> fields;
  private final List<Run> runs;
  private final boolean anywhere;

  private TextQueries(Scope scope, String needle) {
    this.needle = needle;
    this.fields = Text.of(scope);
    this.runs = Runs.of(needle);
    this.anywhere = scope == Scope.ANYWHERE;
  }

  /// The alternatives of which one must hold, each with its weight. None at all: every bookmark.
  static List<Query> of(Scope scope, String foldedNeedle) {
    return foldedNeedle.isEmpty()
        ? List.of(MatchAllDocsQuery.INSTANCE)
        : new TextQueries(scope, foldedNeedle).alternatives();
  }

  private List<Query> alternatives() {
    boolean oneRun = runs.size() == 1 && runs.getFirst().text().length() == needle.length();
    if (oneRun && anywhere && isShort(runs.getFirst())) {
      return List.of(new ConstantScoreQuery(term(Fields.SHORTS, needle)));
    }
    List<Query> alternatives = new ArrayList<>();
    for (Text text : fields) {
      boolean exact = oneRun && isExact(runs.getFirst());
      Query query =
          exact
              ? ending(text.field, runs.getFirst())
              : new VerifiedQuery(candidates(text.field), text.field, new BytesRef(needle));
      alternatives.add(new BoostQuery(new ConstantScoreQuery(query), text.weight));
    }
    return alternatives;
  }

  /// Whether the run is in the field of short terms as a whole.
  private static boolean isShort(Run run) {
    int characters = run.text().codePointCount(0, run.text().length());
    return switch (run.kind()) {
      case WORD -> run.text().length() < TermSink.SHORTEST && characters <= 2;
      case SYMBOL -> characters == 1;
      case DENSE -> false;
    };
  }

  /// Whether one lookup of the run as the whole needle tells the truth.
  private static boolean isExact(Run run) {
    int length = run.text().length();
    return switch (run.kind()) {
      case WORD -> length >= TermSink.SHORTEST && length <= TermSink.LONGEST;
      case DENSE -> run.text().codePointCount(0, length) <= 2;
      case SYMBOL -> false;
    };
  }

  private Query candidates(String field) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      boolean openEnd = i == runs.size() - 1 && needle.endsWith(run.text());
      all.add(openEnd ? ending(field, run) : whole(field, run), Occur.FILTER);
    }
    return all.build();
  }

  /// A run that what is looked for may go on behind.
  private static Query ending(String field, Run run) {
    boolean word = run.kind() == Runs.Kind.WORD && run.text().length() >= TermSink.SHORTEST;
    return word
        ? new PrefixQuery(new Term(field, TermSink.beginning(run.text())))
        : whole(field, run);
  }

  /// A run with a known end: the ending of a word.
  private static Query whole(String field, Run run) {
    List<String> parts = new ArrayList<>();
    return switch (run.kind()) {
      case WORD -> {
        if (run.text().length() >= TermSink.SHORTEST) {
          yield term(field, TermSink.beginning(run.text()));
        }
        TermSink.characters(run.text(), parts);
        yield all(Fields.SHORTS, parts);
      }
      case SYMBOL -> {
        TermSink.characters(run.text(), parts);
        yield all(Fields.SHORTS, parts);
      }
      case DENSE -> {
        TermSink.pairs(run.text(), parts);
        if (parts.isEmpty()) {
          parts.add(run.text());
        }
        yield all(field, parts);
      }
    };
  }

  private static Query all(String field, List<String> terms) {
    if (terms.size() == 1) {
      return term(field, terms.getFirst());
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    terms.stream().distinct().forEach(text -> all.add(term(field, text), Occur.FILTER));
    return all.build();
  }

  private static Query term(String field, String text) {
    return new TermQuery(new Term(field, text));
  }
}
