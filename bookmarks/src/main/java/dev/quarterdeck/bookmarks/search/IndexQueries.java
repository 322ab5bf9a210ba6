package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.SearchScope.States;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// Turns trees into queries of the index. For one search by one thread.
final class IndexQueries {
  private static final float TAG_WEIGHT = 6;

  private final OwnerTags tags;
  private final boolean wordsNameTags;
  private final Map<Node, Query> known = new HashMap<>();

  IndexQueries(OwnerTags tags, boolean wordsNameTags) {
    this.tags = tags;
    this.wordsNameTags = wordsNameTags;
  }

  /// What is in the scope and matches.
  Query of(SearchScope scope, Node node) {
    Query inScope = scope(scope);
    if (node instanceof Node.All) {
      return inScope;
    }
    return new BooleanQuery.Builder().add(inScope, Occur.FILTER).add(of(node), Occur.MUST).build();
  }

  private static Query scope(SearchScope scope) {
    return switch (scope) {
      case SearchScope.Own own -> owned(own.owner(), own.states());
      case SearchScope.Shared shared -> {
        Query is = new TermQuery(new Term(Fields.IS, IndexDocuments.term(Node.Property.SHARED)));
        yield shared
            .owner()
            .<Query>map(
                owner ->
                    new BooleanQuery.Builder()
                        .add(is, Occur.FILTER)
                        .add(owned(owner, States.BOTH), Occur.FILTER)
                        .build())
            .orElse(is);
      }
    };
  }

  private static Query owned(String owner, States states) {
    return new TermQuery(
        new Term(
            Fields.OWNED,
            switch (states) {
              case ACTIVE -> Fields.owned(owner, false);
              case ARCHIVED -> Fields.owned(owner, true);
              case BOTH -> owner;
            }));
  }

  private Query of(Node node) {
    return switch (node) {
      case Node.And and -> and(and.parts());
      case Node.Or or -> any(or.parts().stream().map(this::of).toList());
      case Node.Not not -> and(List.of(not));
      case Node.All all -> leaf(all);
      case Node.Text text -> leaf(text);
      case Node.Tag tag -> leaf(tag);
      case Node.Is is -> leaf(is);
      case Node.Site site -> leaf(site);
      case Node.Added added -> leaf(added);
      case Node.Modified modified -> leaf(modified);
    };
  }

  private Query and(List<Node> parts) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    for (Node part : parts) {
      if (part instanceof Node.Not not) {
        all.add(of(not.part()), Occur.MUST_NOT);
      } else {
        all.add(of(part), Occur.MUST);
      }
    }
    return all.build();
  }

  private Query leaf(Node leaf) {
    return known.computeIfAbsent(Nodes.withoutPlace(leaf), this::newLeaf);
  }

  private Query newLeaf(Node leaf) {
    return switch (leaf) {
      case Node.All all -> new ConstantScoreQuery(MatchAllDocsQuery.INSTANCE);
      case Node.Text text -> text(text);
      case Node.Tag tag -> tagged(tags.nested(Folded.text(tag.name())));
      case Node.Is is ->
          constant(new TermQuery(new Term(Fields.IS, IndexDocuments.term(is.property()))));
      case Node.Site site -> constant(new TermQuery(new Term(Fields.SITE, site.host())));
      case Node.Added added -> between(Fields.ADDED, added.from(), added.below());
      case Node.Modified modified -> between(Fields.MODIFIED, modified.from(), modified.below());
      case Node.And and -> throw new IllegalArgumentException("no leaf: " + and);
      case Node.Or or -> throw new IllegalArgumentException("no leaf: " + or);
      case Node.Not not -> throw new IllegalArgumentException("no leaf: " + not);
    };
  }

  private Query text(Node.Text text) {
    String needle = Folded.text(text.text());
    List<Query> alternatives = new ArrayList<>(TextQueries.of(text.scope(), needle));
    if (wordsNameTags && text.scope() == Node.Scope.ANYWHERE) {
      List<String> terms = tags.named(needle);
      if (!terms.isEmpty()) {
        alternatives.add(new BoostQuery(tagged(terms), TAG_WEIGHT));
      }
    }
    return any(alternatives);
  }

  private static Query tagged(List<String> terms) {
    return constant(
        terms.size() == 1
            ? new TermQuery(new Term(Fields.TAG, terms.getFirst()))
            : new TermInSetQuery(Fields.TAG, terms.stream().map(BytesRef::new).toList()));
  }

  private static Query between(String field, @Nullable Instant from, @Nullable Instant below) {
    return constant(
        LongPoint.newRangeQuery(
            field,
            from == null ? Long.MIN_VALUE : from.toEpochMilli(),
            below == null ? Long.MAX_VALUE : below.toEpochMilli() - 1));
  }

  private static Query constant(Query query) {
    return new ConstantScoreQuery(query);
  }

  private static Query any(List<Query> alternatives) {
    if (alternatives.size() == 1) {
      return alternatives.getFirst();
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    alternatives.forEach(query -> any.add(query, Occur.SHOULD));
    return any.build();
  }
}
