package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.ComponentDiff.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void showsChangesWithThreeEqualLinesAndGaps() {
    List<String> lines = IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).toList();
    String after =
        lines.stream()
            .filter(line -> !line.equals("line 5"))
            .map(line -> line.equals("line 18") ? "changed" : line)
            .collect(Collectors.joining("\n", "", "\nnew\n"));
    LineDiff diff = diff(String.join("\n", lines) + "\n", after);
    assertThat(diff.added()).isEqualTo(2);
    assertThat(diff.removed()).isEqualTo(2);
    assertThat(diff.lines().stream().map(LineDiffTest::shown))
        .containsExactly(
            "GAP 2 2",
            "EQUAL 2 2 line 2",
            "EQUAL 3 3 line 3",
            "EQUAL 4 4 line 4",
            "REMOVED 5 0 line 5",
            "EQUAL 6 5 line 6",
            "EQUAL 7 6 line 7",
            "EQUAL 8 7 line 8",
            "GAP 15 14",
            "EQUAL 15 14 line 15",
            "EQUAL 16 15 line 16",
            "EQUAL 17 16 line 17",
            "CHANGED 18 17 line 18",
            "EQUAL 19 18 line 19",
            "EQUAL 20 19 line 20",
            "ADDED 0 20 ");
    assertThat(diff.unified())
        .startsWith("--- a/x\n+++ b/x\n@@ -2,7 +2,6 @@\n line 2\n")
        .contains("@@ -15,6 +14,7 @@");
  }

  private static String shown(Line line) {
    String text = line.kind() == Line.Kind.GAP ? "" : " " + line.oldText();
    return line.kind() + " " + line.oldNumber() + " " + line.newNumber() + text;
  }

  @Test
  void saysWhereTheLastLineEndIsMissing() {
    assertThat(diff("a\n", "a").unified()).contains("\\ No newline at end of file");
  }

  @Test
  void showsWholeFilesThatAreNewOrGone() {
    assertThat(diff("", "a\nb\n").added()).isEqualTo(2);
    assertThat(diff("a\nb\n", "").removed()).isEqualTo(2);
    assertThat(diff("same\n", "same\n").unified()).isEmpty();
    assertThat(diff("", "").lines()).isEmpty();
  }

  @Test
  void knowsBinaryFiles() {
    assertThat(LineDiff.binary(new byte[] {1, 0, 2})).isTrue();
    assertThat(LineDiff.binary("äöü".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  private static LineDiff diff(String before, String after) {
    return LineDiff.of(
        "a/x",
        "b/x",
        before.getBytes(StandardCharsets.UTF_8),
        after.getBytes(StandardCharsets.UTF_8));
  }
}
