package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Bookmarks and queries for tests, from small vocabularies, so that they meet often. Equal seeds
/// give equal samples.
final class Samples {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> WORDS =
      List.of(
          "java",
          "Javadoc",
          "naïve",
          "c",
          "go",
          "a-b",
          "Zürich",
          "straße",
          "東京都",
          "東京",
          "한국어",
          "x",
          "release",
          "notes",
          "Ünïcode",
          "ＡＢＣ",
          "100%",
          "snake_case",
          "supercalifragilistic",
          "supercalifragilisticexpialidocious",
          "日本語",
          "über",
          "don't",
          "e\u0301t\u00e9");
  private static final List<String> NEEDLES =
      List.of(
          "java",
          "ava",
          "v",
          "doc",
          "o",
          "go",
          "c",
          "a-b",
          "-",
          "-b",
          "ur",
          "strasse",
          "京",
          "東京",
          "京都",
          "東京都",
          "국어",
          "lea",
          "notes",
          "abc",
          "0%",
          "ke_ca",
          "califrag",
          "agilistic",
          "supercalifragilistice",
          "docious",
          "本語",
          "e",
          "ete",
          "java doc",
          "a release",
          "https://",
          "://",
          "e.org/",
          "wiki",
          ".",
          "release notes",
          "x y",
          "/",
          "zzz",
          "s n");
  private static final List<String> TAGS =
      List.of("dev", "dev/java", "Dev/Java/25", "java", "read later", "東京", "deva", "x");
  private static final List<String> HOSTS =
      List.of("example.org", "wiki.example.org", "www.java.net", "10.0.0.1", "例え.jp");

  private final Random random;

  Samples(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /// A bookmark; its number is the digits of its id.
  Indexed bookmark(String id, String owner) {
    Instant added = START.plusSeconds(random.nextInt(100) * 86_400L);
    Set<String> tags =
        random.nextInt(3) == 0 ? Set.of() : new TreeSet<>(List.of(one(TAGS), one(TAGS)));
    return new Indexed(
        id,
        Long.parseLong(id.replaceAll("[^0-9]", "")),
        owner,
        "https://" + one(HOSTS) + "/" + one(WORDS) + "/" + id,
        text(4),
        text(6),
        random.nextBoolean() ? "" : text(3),
        tags.stream().map(Samples::tag).toList(),
        random.nextInt(4) == 0,
        random.nextInt(3) == 0,
        random.nextInt(5) == 0,
        random.nextInt(5) == 0,
        added,
        added.plusSeconds(random.nextInt(1000)));
  }

  /// All tags that bookmarks may have.
  static List<TagName> tags() {
    return TAGS.stream().map(Samples::tag).toList();
  }

  private static TagName tag(String name) {
    return new TagName("t" + TAGS.indexOf(name), name);
  }

  private String text(int most) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      words.add(one(WORDS));
    }
    return String.join(random.nextInt(4) == 0 ? "" : " ", words);
  }

  /// A tree of at most so many levels.
  Node query(int levels) {
    if (levels == 0 || random.nextInt(4) == 0) {
      return leaf();
    }
    return switch (random.nextInt(5)) {
      case 0, 1 -> Nodes.and(List.of(query(levels - 1), query(levels - 1)));
      case 2, 3 -> Nodes.or(List.of(query(levels - 1), query(levels - 1), query(levels - 1)));
      default -> Nodes.not(0, query(levels - 1));
    };
  }

  private Node leaf() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> new Node.Tag(0, one(TAGS));
      case 2 -> new Node.Is(0, one(List.of(Node.Property.values())));
      case 3 -> new Node.Site(0, one(List.of("example.org", "org", "java.net", "10.0.0.1", "0.1")));
      case 4 -> new Node.Added(0, START.plusSeconds(random.nextInt(100) * 86_400L), null);
      case 5 -> new Node.Added(0, null, START.plusSeconds(random.nextInt(100) * 86_400L));
      case 6 -> new Node.Text(0, Node.Scope.TITLE, one(NEEDLES));
      case 7 -> new Node.Text(0, Node.Scope.URL, one(NEEDLES));
      default -> new Node.Text(0, Node.Scope.ANYWHERE, one(NEEDLES));
    };
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
