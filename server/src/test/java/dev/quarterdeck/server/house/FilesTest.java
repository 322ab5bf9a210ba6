package dev.quarterdeck.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilesTest {
  @Test
  void noSourceFileIsLongerThan400Lines() {
    List<Path> sources = Repository.files(".java");
    assertThat(sources).hasSizeGreaterThan(200);
    assertThat(sources.stream().filter(path -> Repository.read(path).lines().count() > 400))
        .isEmpty();
  }

  @Test
  void nothingIsLeftToDoInTheSources() {
    assertThat(
            Repository.files(".java").stream()
                .filter(path -> !path.endsWith("FilesTest.java"))
                .filter(path -> Repository.read(path).matches("(?s).*\\b(TODO|FIXME|XXX)\\b.*")))
        .isEmpty();
  }

  @Test
  void textFilesEndWithANewlineAndHoldNoTrailingBlanks() {
    for (String ending : List.of(".java", ".md", ".xml", ".toml", ".jte", ".css", ".js")) {
      for (Path path : Repository.files(ending)) {
        String text = Repository.read(path);
        assertThat(text.endsWith("\n")).as(path + " ends with a newline").isTrue();
        if (!ending.equals(".md")) {
          assertThat(text.lines().filter(line -> line.endsWith(" ")))
              .as(path + " has trailing blanks")
              .isEmpty();
        }
      }
    }
  }
}
