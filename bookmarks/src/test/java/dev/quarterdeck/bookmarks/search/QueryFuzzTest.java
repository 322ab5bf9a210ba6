package dev.quarterdeck.bookmarks.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The parser against random trees and random text.
class QueryFuzzTest {
  private static final String ALPHABET = "ab()\"'#!-:\\ \t\u3000東é\ud83d\ude00\ud83d0andorot";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aWrittenTreeMeansWhatItMeant(long seed) throws InvalidQuery {
    Samples samples = new Samples(seed);
    Written written = new Written(samples.random());
    List<Evaluator> bookmarks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      bookmarks.add(new Evaluator(samples.bookmark("b" + i, "o"), i % 2 == 0));
    }
    for (int i = 0; i < 500; i++) {
      Node tree = samples.query(4);
      String text = written.of(tree);
      Node read = QueryParser.parse(text, Dialect.QUARTERDECK);
      for (Evaluator bookmark : bookmarks) {
        assertThat(bookmark.matches(read))
            .as("seed %d: %s", seed, text)
            .isEqualTo(bookmark.matches(tree));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void anyTextIsReadOrRefusedWithAColumnInIt(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      for (Dialect dialect : Dialect.values()) {
        try {
          QueryParser.parse(text.toString(), dialect);
        } catch (InvalidQuery refused) {
          assertThat(refused.column()).isBetween(1, text.length() + 1);
        }
      }
    }
  }

  /// Not one of them overflows a stack or takes time that grows with the square; the bound is far
  /// above what any takes, so that a busy machine does not break it.
  @Test
  void theLongestAndDeepestQueriesEndAtOnce() {
    List<String> queries =
        List.of(
            "(".repeat(1_000) + "a" + ")".repeat(1_000),
            "(".repeat(10_000),
            ")".repeat(10_000),
            "not ".repeat(2_500),
            "not ".repeat(2_499) + "a",
            "-".repeat(10_000),
            "a ".repeat(5_000),
            "(a ".repeat(2_500) + ")".repeat(2_500),
            "(a or ".repeat(1_400) + "b" + ")".repeat(1_400),
            "\"".repeat(10_000),
            "\\".repeat(10_000),
            "#".repeat(10_000),
            "a or ".repeat(2_000),
            "-(a or -(b ".repeat(700) + "x" + "))".repeat(700));
    for (String query : queries) {
      for (Dialect dialect : Dialect.values()) {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> readOrRefused(query, dialect));
      }
    }
  }

  @Test
  void aThousandParenthesesAreRead() throws InvalidQuery {
    assertThat(QueryParser.parse("(".repeat(1_000) + "a" + ")".repeat(1_000), Dialect.QUARTERDECK))
        .isEqualTo(new Node.Text(1_000, Node.Scope.ANYWHERE, "a"));
  }

  private static void readOrRefused(String query, Dialect dialect) {
    try {
      assertThat(QueryParser.parse(query, dialect)).isNotNull();
    } catch (InvalidQuery refused) {
      assertThat(refused).hasMessageStartingWith("column ");
    }
  }
}
