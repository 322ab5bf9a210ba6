package dev.quarterdeck.settings.dotenv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the table of docs/dotenv.md.
class DotEnvProbesTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`|]*)` \\| (.*) \\|");
  private static final Pattern OUTCOME = Pattern.compile("`([^`]*)`(?: at ([0-9]+:[0-9]+))?");

  record Probe(String file, String result) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Probe> probes() throws IOException {
    Path page = Path.of("docs/dotenv.md");
    List<String> lines =
        Files.readAllLines(Files.exists(page) ? page : Path.of("settings").resolve(page));
    List<Probe> probes = new ArrayList<>();
    for (String line : lines.subList(lines.indexOf("| File | Result |") + 2, lines.size())) {
      Matcher row = ROW.matcher(line);
      assertThat(row.matches()).as(line).isTrue();
      probes.add(new Probe(row.group(1), row.group(2)));
    }
    return probes;
  }

  @Test
  void thePageHasEnoughProbes() throws IOException {
    assertThat(probes()).hasSizeGreaterThanOrEqualTo(70).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("probes")
  void readsWhatThePageSays(Probe probe) {
    List<String> expected = new ArrayList<>();
    if (!probe.result.equals("nothing")) {
      Matcher outcomes = OUTCOME.matcher(probe.result);
      while (outcomes.find()) {
        String place = outcomes.group(2);
        expected.add(
            place == null
                ? new String(bytes(outcomes.group(1)), StandardCharsets.UTF_8)
                : outcomes.group(1) + " at " + place);
      }
      assertThat(expected).isNotEmpty();
    }
    DotEnvResult result = DotEnv.parse(bytes(probe.file));
    List<String> actual = new ArrayList<>();
    result.entries().forEach(e -> actual.add(e.name() + "=" + e.value()));
    result
        .errors()
        .forEach(
            e ->
                actual.add(
                    "%s at %d:%d"
                        .formatted(e.code(), e.span().start().line(), e.span().start().column())));
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static byte[] bytes(String cell) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < cell.length(); ) {
      int point = cell.codePointAt(i);
      i += Character.charCount(point);
      switch (point) {
        case '⏎' -> out.write('\n');
        case '␍' -> out.write('\r');
        case '⇥' -> out.write('\t');
        case '␣' -> out.write(' ');
        case '⟨' -> {
          out.writeBytes(HexFormat.of().parseHex(cell.substring(i, i + 2)));
          i += 3;
        }
        default -> out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }
}
