package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictMappingTest {
  @Test
  void saysForEveryVerdictWhatTheDocumentationSays() throws Exception {
    Map<String, List<String>> documented = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "verdicts.md"))) {
      List<String> cells = List.of(line.replace("`", "").split(" *\\| *", -1));
      if (cells.size() == 7 && !cells.get(1).equals("Verdict") && !cells.get(1).startsWith("-")) {
        documented.put(cells.get(1), List.of(cells.get(3), cells.get(4), cells.get(5)));
      }
    }
    Map<String, List<String>> actual = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      VerdictMapping mapping = VerdictMapping.of(verdict);
      actual.put(
          verdict.text(),
          List.of(
              mapping.status().text(),
              mapping.errorType().map(ErrorType::text).orElse("none"),
              mapping.event()));
    }

    assertThat(documented).containsExactlyEntriesOf(actual);
  }
}
