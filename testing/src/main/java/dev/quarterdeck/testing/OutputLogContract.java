package dev.quarterdeck.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every implementation of [OutputLog] does.
public abstract class OutputLogContract {
  /// The log under test, empty at the start of each test.
  protected abstract OutputLog outputLog();

  @Test
  void givesFramesBackByteForByteAndInOrder() {
    byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, 'x', '\n'};
    outputLog().append(List.of(frame(2, "two"), new Frame("x", 1, 1, Stream.STDERR, bytes)));
    outputLog().append(List.of(frame(3, "")));

    List<Frame> frames = outputLog().read("x", 1, 1, 1_000);

    assertThat(frames).extracting(Frame::sequence).containsExactly(1L, 2L, 3L);
    assertThat(frames.getFirst().bytes()).isEqualTo(bytes);
    assertThat(frames.getFirst().stream()).isEqualTo(Stream.STDERR);
    assertThat(frames.get(1).stream()).isEqualTo(Stream.STDOUT);
    assertThat(frames.get(2).bytes()).isEmpty();
  }

  @Test
  void leavesAFrameThatIsAlreadyThereAsItIs() {
    outputLog().append(List.of(frame(1, "first")));
    outputLog().append(List.of(frame(1, "again"), frame(2, "second")));

    assertThat(text(outputLog().read("x", 1, 1, 1_000))).isEqualTo("firstsecond");
  }

  @Test
  void readsFromASequenceUntilTheBudgetIsSpent() {
    outputLog().append(List.of(frame(1, "aaaa"), frame(2, "bbbb"), frame(3, "cccc")));

    assertThat(text(outputLog().read("x", 1, 1, 8))).isEqualTo("aaaabbbb");
    assertThat(text(outputLog().read("x", 1, 1, 11))).isEqualTo("aaaabbbb");
    assertThat(text(outputLog().read("x", 1, 3, 8))).isEqualTo("cccc");
    assertThat(text(outputLog().read("x", 1, 2, 1))).isEqualTo("bbbb");
    assertThat(outputLog().read("x", 1, 4, 8)).isEmpty();
  }

  @Test
  void keepsAttemptsAndExecutionsApart() {
    outputLog()
        .append(
            List.of(
                frame(1, "one"),
                new Frame("x", 2, 1, Stream.STDOUT, "two".getBytes(StandardCharsets.UTF_8)),
                new Frame("y", 1, 1, Stream.STDOUT, "other".getBytes(StandardCharsets.UTF_8))));

    assertThat(text(outputLog().read("x", 2, 1, 100))).isEqualTo("two");

    outputLog().delete("x");

    assertThat(outputLog().read("x", 1, 1, 100)).isEmpty();
    assertThat(outputLog().read("x", 2, 1, 100)).isEmpty();
    assertThat(text(outputLog().read("y", 1, 1, 100))).isEqualTo("other");
    outputLog().delete("nobody");
  }

  @Test
  void deletesAnExecutionOfAnySize() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 1; i <= 1_501; i++) {
      frames.add(frame(i, "."));
    }
    outputLog().append(frames);
    assertThat(outputLog().read("x", 1, 1, 10_000)).hasSize(1_501);

    outputLog().delete("x");

    assertThat(outputLog().read("x", 1, 1, 10_000)).isEmpty();
  }

  @Test
  void takesAnEmptyBatchAndALargeFrame() {
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);

    outputLog().append(List.of());
    outputLog().append(List.of(new Frame("x", 1, 1, Stream.STDOUT, large)));

    assertThat(outputLog().read("x", 1, 1, 10).getFirst().bytes()).isEqualTo(large);
  }

  @Test
  void servesManyExecutionsAtOnce() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int e = 0; e < 50; e++) {
        String execution = "e" + e;
        var unused =
            threads.submit(
                () -> {
                  for (int i = 1; i <= 20; i++) {
                    byte[] bytes = (execution + ":" + i + " ").getBytes(StandardCharsets.UTF_8);
                    outputLog().append(List.of(new Frame(execution, 1, i, Stream.STDOUT, bytes)));
                  }
                });
      }
    }
    for (int e = 0; e < 50; e++) {
      List<Frame> frames = outputLog().read("e" + e, 1, 1, 10_000);
      assertThat(frames).hasSize(20);
      assertThat(text(frames)).startsWith("e" + e + ":1 ").endsWith("e" + e + ":20 ");
    }
  }

  private static Frame frame(long sequence, String text) {
    return new Frame("x", 1, sequence, Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(List<Frame> frames) {
    StringBuilder text = new StringBuilder();
    frames.forEach(frame -> text.append(new String(frame.bytes(), StandardCharsets.UTF_8)));
    return text.toString();
  }
}
