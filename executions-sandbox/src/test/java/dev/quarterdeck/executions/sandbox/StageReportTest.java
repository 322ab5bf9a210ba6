package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.sandbox.StageReport.End;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageReportTest {
  @Test
  void readsAnExitCodeAboveThatOfSignals() {
    StageReport report = StageReport.parse(List.of("run 137", "[1] + Done(137)      "));
    assertThat(report.run()).contains(new End(false, 137));
  }

  @Test
  void readsASignal() {
    StageReport report = StageReport.parse(List.of("run 137", "[1] + Killed         "));
    assertThat(report.run()).contains(new End(true, 9));
  }

  @Test
  void readsCompilerProgramTimesAndDisk() {
    StageReport report =
        StageReport.parse(
            List.of(
                "compile 0",
                "0m0.00s 0m0.00s",
                "0m0.50s 0m0.25s",
                "run 1",
                "0m0.00s 0m0.00s",
                "1m1.50s 0m0.50s",
                "disk 3 4096 900000"));
    assertThat(report.compile()).contains(new End(false, 0));
    assertThat(report.run()).contains(new End(false, 1));
    // Without the compiler's.
    assertThat(report.cpuTime()).isEqualTo(Duration.ofMillis(61_250));
    assertThat(report.diskFull()).isTrue();
  }

  @Test
  void knowsNothingFromAnEmptyReport() {
    StageReport report = StageReport.parse(List.of());
    assertThat(report.run()).isEmpty();
    assertThat(report.compile()).isEmpty();
    assertThat(report.diskFull()).isFalse();
  }

  @Test
  void takesTheKernelsTimeOnlyForAStageThatDidNotGetToSay() {
    Duration ofAll = Duration.ofSeconds(9);
    assertThat(StageReport.parse(List.of()).orElse(ofAll).cpuTime()).isEqualTo(ofAll);
    assertThat(StageReport.parse(List.of("compile 0")).orElse(ofAll).cpuTime()).isZero();
    List<String> said = List.of("run 0", "0m0.00s 0m0.00s", "0m1.00s 0m0.00s");
    assertThat(StageReport.parse(said).orElse(ofAll).cpuTime()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void quotesWordsForTheShell() {
    assertThat(Stage.quote("it's $(id) `x`\n")).isEqualTo("'it'\\''s $(id) `x`\n'");
  }
}
