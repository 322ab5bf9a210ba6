package dev.quarterdeck.bookmarks.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files written by hand, each with an oddity of a program in every line, beside what they hold.
class CorpusTest {
  static List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(corpus())) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".expected"))
          .sorted()
          .toList();
    }
  }

  private static Path corpus() {
    try {
      return Path.of(
              Objects.requireNonNull(CorpusTest.class.getResource("corpus/chrome.html")).toURI())
          .resolveSibling("");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatTheFileHolds(String name) throws IOException, UnreadableFile {
    assertThat(Collected.of(corpus().resolve(name)).text())
        .isEqualToNormalizingNewlines(Files.readString(corpus().resolve(name + ".expected")));
  }

  @Test
  void corpusIsLargeEnoughToMeanSomething() throws IOException {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(14);
  }
}
