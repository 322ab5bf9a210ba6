package dev.quarterdeck.bookmarks.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "java                    | java",
        "java 25                 | (java & 25)",
        "java and 25             | (java & 25)",
        "java AND 25 Or kotlin   | ((java & 25) + kotlin)",
        "a or b c                | (a + (b & c))",
        "not a b                 | (~a & b)",
        "a not b                 | (a & ~b)",
        "not not a               | a",
        "not (a or b)            | ~(a + b)",
        "(a or b) c              | ((a + b) & c)",
        "((((a))))               | a",
        "\"and or\"              | and or",
        "'single quoted'         | single quoted",
        "\"say \\\"hi\\\"\"      | say \"hi\"",
        "'it\\'s'                | it's",
        "\"back\\\\slash\"       | back\\slash",
        "\"not closed            | not closed",
        "\"a\\xb\"               | axb",
        "\"and\"                 | and",
        "#java                   | #java",
        "#c++(x)                 | (#c++ & x)",
        "#a#b                    | #a#b",
        "a#b                     | (a & #b)",
        "don't                   | (don & t)",
        "a!unread                | (a & is:UNREAD)",
        "!unread !UNTAGGED       | (is:UNREAD & is:UNTAGGED)",
        "!whatever               | *",
        "# a !                   | a",
        "foo(bar)baz             | (foo & bar & baz)",
        "android                 | android",
        "http://example.org/?q=1 | http://example.org/?q=1",
        "a\u3000b                | (a & b)",
      })
  void readsLinkdingsLanguageInBothDialects(String query, String tree) throws InvalidQuery {
    assertThat(shown(QueryParser.parse(query, Dialect.LINKDING))).isEqualTo(tree);
    assertThat(shown(QueryParser.parse(query, Dialect.QUARTERDECK))).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "is:unread               | is:UNREAD",
        "IS:Archived             | is:ARCHIVED",
        "site:www.GitHub.com     | site:github.com",
        "site:https://a.org:8080/x | site:a.org",
        "tag:java                | #java",
        "tag:\"two words\"       | #two words",
        "#\"two words\"          | #two words",
        "title:release           | title:release",
        "title:'release notes' x | (title:release notes & x)",
        "url:/docs/              | url:/docs/",
        "after:2026-01-31        | 2026-01-31T00:00:00Z..",
        "before:2026-2           | ..2026-02-01T00:00:00Z",
        "before:2026             | ..2026-01-01T00:00:00Z",
        "-a b                    | (~a & b)",
        "a -(b or c)             | (a & ~(b + c))",
        "-#java -!unread -is:shared | (~#java & ~is:UNREAD & ~is:SHARED)",
        "-\"a b\"                | ~a b",
        "a - b                   | (a & - & b)",
        "a-b --help              | (a-b & --help)",
        "not -a                  | a",
        "c:foo http:x            | (c:foo & http:x)",
      })
  void readsQualifiersInItsOwnDialect(String query, String tree) throws InvalidQuery {
    assertThat(shown(QueryParser.parse(query, Dialect.QUARTERDECK))).isEqualTo(tree);
  }

  @ParameterizedTest
  @ValueSource(strings = {"is:unread", "-a", "title:x", "after:yesterday", "site:", "--"})
  void takesQualifiersForWordsInLinkdings(String query) throws InvalidQuery {
    assertThat(QueryParser.parse(query, Dialect.LINKDING))
        .isEqualTo(new Node.Text(0, Node.Scope.ANYWHERE, query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n\t", "#", "! #", "\u00a0"})
  void anEmptyQueryIsEverything(String query) throws InvalidQuery {
    assertThat(QueryParser.parse(query, Dialect.QUARTERDECK)).isInstanceOf(Node.All.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "and a          | 1  | found and (expected: a word, a tag or a group",
        "a or           | 5  | found the end (expected: a word",
        "a and and b    | 7  | found and (expected",
        "not            | 4  | found the end",
        "()             | 2  | found )",
        "a (b or c      | 3  | this parenthesis is not closed (expected: a ')')",
        "a) b           | 2  | nothing is open that this ')' could close",
      })
  void namesTheColumnOfWhatItCannotRead(String query, int column, String message) {
    for (Dialect dialect : Dialect.values()) {
      assertThatThrownBy(() -> QueryParser.parse(query, dialect))
          .isInstanceOfSatisfying(
              InvalidQuery.class, e -> assertThat(e.column()).as("column").isEqualTo(column))
          .hasMessageStartingWith("column " + column + ": " + message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a is:fav           | 6  | is:fav (expected: one of unread, read, archived, active,",
        "is:trashed         | 4  | is:trashed (expected: one of unread,",
        "x site: y          | 8  | site: has no value (expected: a host",
        "title:\"\"         | 7  | title: has no value (expected: a text",
        "after:2026-13-01   | 7  | after:2026-13-01 (expected: a date: 2026-01-31, 2026-01 or"
            + " 2026)",
        "before:tomorrow    | 8  | before:tomorrow (expected: a date",
      })
  void namesTheColumnOfAValueItCannotUse(String query, int column, String message) {
    assertThatThrownBy(() -> QueryParser.parse(query, Dialect.QUARTERDECK))
        .isInstanceOfSatisfying(
            InvalidQuery.class, e -> assertThat(e.column()).as("column").isEqualTo(column))
        .hasMessageStartingWith("column " + column + ": " + message);
  }

  @Test
  void keepsThePlaceOfEachPart() throws InvalidQuery {
    Node node = QueryParser.parse("  java or (#b not c)", Dialect.QUARTERDECK);
    assertThat(node).isInstanceOf(Node.Or.class);
    assertThat(node.at()).isEqualTo(2);
    Node and = ((Node.Or) node).parts().getLast();
    assertThat(and.at()).isEqualTo(11);
    assertThat(((Node.And) and).parts().getLast().at()).isEqualTo(14);
  }

  @Test
  void refusesWhatIsOverALimit() {
    assertThatThrownBy(() -> QueryParser.parse("a".repeat(10_001), Dialect.LINKDING))
        .hasMessage("column 10001: the query has 10001 characters (expected: at most 10000)");
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      words.append("w").append(i).append(' ');
    }
    assertThatThrownBy(() -> QueryParser.parse(words.toString(), Dialect.LINKDING))
        .hasMessageContaining("more than 256 different words (expected: fewer)");
    assertThatThrownBy(
            () ->
                QueryParser.parse(
                    "(a or (b and ".repeat(300) + "c" + "))".repeat(300), Dialect.LINKDING))
        .hasMessageContaining("groups in groups, over 100 deep (expected: fewer)");
  }

  /// The tree in a form that shows its shape.
  static String shown(Node node) {
    return switch (node) {
      case Node.All all -> "*";
      case Node.Text t ->
          (t.scope() == Node.Scope.ANYWHERE ? "" : t.scope().name().toLowerCase(Locale.ROOT) + ":")
              + t.text();
      case Node.Tag tag -> "#" + tag.name();
      case Node.Is is -> "is:" + is.property();
      case Node.Site site -> "site:" + site.host();
      case Node.Modified m -> "modified";
      case Node.Added a ->
          (a.from() == null ? "" : a.from().toString())
              + ".."
              + (a.below() == null ? "" : a.below().toString());
      case Node.And and ->
          and.parts().stream()
              .map(QueryParserTest::shown)
              .collect(Collectors.joining(" & ", "(", ")"));
      case Node.Or or ->
          or.parts().stream()
              .map(QueryParserTest::shown)
              .collect(Collectors.joining(" + ", "(", ")"));
      case Node.Not not -> "~" + shown(not.part());
    };
  }
}
