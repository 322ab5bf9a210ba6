package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastOutputTest {
  private int reads;

  /// Frames 1 and 2, "a" and "bb".
  private final class TwoFrames implements OutputLog {
    @Override
    public void append(List<Frame> frames) {
      throw new IllegalStateException("nothing is written here");
    }

    @Override
    public List<Frame> read(String execution, int attempt, long from, int maxBytes) {
      reads++;
      List<Frame> all = List.of(frame(1, "a"), frame(2, "bb"));
      List<Frame> wanted = new ArrayList<>();
      long bytes = 0;
      for (Frame each : all.subList((int) Math.min(2, from - 1), 2)) {
        bytes += each.bytes().length;
        if (wanted.isEmpty() || bytes <= maxBytes) {
          wanted.add(each);
        }
      }
      return wanted;
    }

    @Override
    public void delete(String execution) {}
  }

  private static Frame frame(long sequence, String text) {
    return new Frame("e", 1, sequence, Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Execution finished(List<Frame> last) {
    Outcome without = Outcome.withoutRun(Verdict.COMPLETED, "because");
    Outcome outcome =
        new Outcome(
            without.verdict(),
            without.exitCode(),
            without.signal(),
            without.wallTime(),
            without.cpuTime(),
            0,
            6,
            0,
            false,
            false,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            LastOutput.of(last),
            "because",
            "L3");
    return new Execution(
        "e",
        3,
        Fixture.ANNA,
        Program.of("x", "1.0", "x", List.of(), ""),
        Priority.NORMAL,
        Optional.empty(),
        Instant.EPOCH,
        0,
        new Finished(1, Optional.of(Instant.EPOCH), Instant.EPOCH, outcome, Optional.empty()),
        List.of());
  }

  private List<String> read(Execution execution, long from, int maxBytes) {
    return LastOutput.read(new TwoFrames(), execution, 1, from, maxBytes).stream()
        .map(frame -> frame.sequence() + new String(frame.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void goesOnWhereTheLogEnds() {
    Execution execution = finished(List.of(frame(3, "ccc")));

    assertThat(read(execution, 1, 100)).containsExactly("1a", "2bb", "3ccc");
    assertThat(read(execution, 2, 100)).containsExactly("2bb", "3ccc");
    assertThat(read(execution, 4, 100)).isEmpty();
  }

  @Test
  void leavesNoFrameOutWhenTheLogGivesOnlySome() {
    Execution execution = finished(List.of(frame(3, "ccc")));

    assertThat(read(execution, 1, 1)).containsExactly("1a");
    assertThat(read(execution, 2, 2)).containsExactly("2bb");
    assertThat(read(execution, 3, 1)).containsExactly("3ccc");
  }

  @Test
  void asksTheLogForNothingThatIsNotThere() {
    Execution execution = finished(List.of(frame(1, "all"), frame(2, "of it")));

    assertThat(read(execution, 1, 100)).containsExactly("1all", "2of it");
    assertThat(read(execution, 1, 3)).containsExactly("1all");
    assertThat(reads).isZero();
  }

  @Test
  void isReadBackFromTheStore() {
    Execution execution = finished(List.of(frame(1, "é✓")));

    Execution stored = ExecutionDocuments.read(ExecutionDocuments.write(execution));

    assertThat(read(stored, 1, 100)).containsExactly("1é✓");
  }

  @Test
  void belongsToTheLastAttemptOnly() {
    Execution execution = finished(List.of(frame(3, "ccc")));

    assertThat(LastOutput.read(new TwoFrames(), execution, 2, 3, 100)).isEmpty();
  }
}
