package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.testing.Awaiting;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutputWriterTest {
  private final List<OutputLog.Frame> frames = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger batches = new AtomicInteger();
  private final List<Runnable> later = Collections.synchronizedList(new ArrayList<>());

  private final class ListLog implements OutputLog {
    @Override
    public void append(List<Frame> more) {
      batches.incrementAndGet();
      frames.addAll(more);
    }

    @Override
    public List<Frame> read(String execution, int attempt, long from, int maxBytes) {
      return List.of();
    }

    @Override
    public void delete(String execution) {}
  }

  private OutputWriter writer() {
    return new OutputWriter(
        new ListLog()::append, "e", 1, () -> true, () -> {}, () -> {}, Runnable::run);
  }

  private byte[] bytes(OutputLog.Stream stream) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    frames.stream()
        .filter(frame -> frame.stream() == stream)
        .forEach(f -> all.writeBytes(f.bytes()));
    return all.toByteArray();
  }

  private static void write(OutputWriter writer, boolean stderr, byte[] bytes) {
    writer.write(stderr, bytes, 0, bytes.length);
  }

  @Test
  void keepsEveryByteOfBothStreamsInOrder() {
    Random random = new Random(7);
    byte[] stdout = new byte[3_000_000];
    byte[] stderr = new byte[300_000];
    random.nextBytes(stdout);
    random.nextBytes(stderr);
    try (OutputWriter writer = writer()) {
      int out = 0;
      int err = 0;
      while (out < stdout.length || err < stderr.length) {
        int nextOut = Math.min(stdout.length - out, random.nextInt(9000));
        int nextErr = Math.min(stderr.length - err, random.nextInt(900));
        writer.write(false, stdout, out, nextOut);
        writer.write(true, stderr, err, nextErr);
        out += nextOut;
        err += nextErr;
      }
      writer.finish();
      assertThat(writer.bytes(OutputLog.Stream.STDOUT)).isEqualTo(stdout.length);
    }

    assertThat(bytes(OutputLog.Stream.STDOUT)).isEqualTo(stdout);
    assertThat(bytes(OutputLog.Stream.STDERR)).isEqualTo(stderr);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).sequence()).isEqualTo(i + 1);
    }
  }

  @Test
  void showsTheFirstBytesWhileTheProgramRuns() {
    try (OutputWriter writer = writer()) {
      write(writer, false, "first".getBytes(StandardCharsets.UTF_8));
      Awaiting.until("a frame", () -> !frames.isEmpty());
    }
    assertThat(bytes(OutputLog.Stream.STDOUT)).asString(StandardCharsets.UTF_8).isEqualTo("first");
  }

  @Test
  void doesNotCutACharacterInTwo() {
    byte[] text = "aé✓😀".repeat(30_000).getBytes(StandardCharsets.UTF_8);
    try (OutputWriter writer = writer()) {
      for (int from = 0; from < text.length; from += 7) {
        writer.write(false, text, from, Math.min(7, text.length - from));
      }
    }

    assertThat(bytes(OutputLog.Stream.STDOUT)).isEqualTo(text);
    assertThat(frames).allSatisfy(frame -> assertThat(Utf8.decode(frame.bytes())).isPresent());
  }

  @Test
  void keepsHalfACharacterAtTheEnd() {
    byte[] half = {'a', (byte) 0xE2, (byte) 0x9C};
    try (OutputWriter writer = writer()) {
      write(writer, false, half);
    }

    assertThat(bytes(OutputLog.Stream.STDOUT)).isEqualTo(half);
  }

  @Test
  void gathersManySmallWritesIntoFewBatches() {
    try (OutputWriter writer = writer()) {
      for (int i = 0; i < 20_000; i++) {
        write(writer, false, (i + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }

    assertThat(batches.get()).isLessThan(2_000);
    assertThat(new String(bytes(OutputLog.Stream.STDOUT), StandardCharsets.UTF_8).lines())
        .hasSize(20_000);
  }

  @Test
  void handsBackWhatIsLeftWhenItIsLittle() {
    try (OutputWriter writer =
        new OutputWriter(
            new ListLog()::append, "e", 1, () -> false, () -> {}, () -> {}, later::add)) {
      byte[] early = new byte[OutputWriter.FRAME_BYTES];
      write(writer, false, early);
      Awaiting.until("a frame in the log", () -> !frames.isEmpty());
      write(writer, true, "last words".getBytes(StandardCharsets.UTF_8));
      List<OutputLog.Frame> last = writer.finishButLast();

      long logged = frames.size();
      frames.addAll(last);
      assertThat(bytes(OutputLog.Stream.STDOUT)).isEqualTo(early);
      assertThat(bytes(OutputLog.Stream.STDERR)).asString().isEqualTo("last words");
      assertThat(frames.getLast().sequence()).isEqualTo(frames.size());
      assertThat(last.size() + logged).isEqualTo(frames.size());
    }
  }

  @Test
  void storesLittleOutputThatNobodyWatchesWhenItsTimeHasCome() {
    try (OutputWriter writer =
        new OutputWriter(
            new ListLog()::append, "e", 1, () -> false, () -> {}, () -> {}, later::add)) {
      write(writer, false, "one ".getBytes(StandardCharsets.UTF_8));
      write(writer, false, "two".getBytes(StandardCharsets.UTF_8));
      assertThat(later).as("asked for once").hasSize(1);
      assertThat(frames).isEmpty();

      later.getFirst().run();
      Awaiting.until("a frame in the log", () -> !frames.isEmpty());
      assertThat(bytes(OutputLog.Stream.STDOUT)).asString().isEqualTo("one two");
    }
  }

  @Test
  void takesNoThreadForLittleOutputOfAShortRun() {
    try (OutputWriter writer =
        new OutputWriter(
            new ListLog()::append, "e", 1, () -> false, () -> {}, () -> {}, later::add)) {
      write(writer, false, "all".getBytes(StandardCharsets.UTF_8));
      assertThat(writer.finishButLast()).hasSize(1);

      later.getFirst().run();
    }
    assertThat(batches).hasValue(0);
  }

  @Test
  void storesWhatIsLeftWhenItIsMuch() {
    byte[] much = new byte[OutputWriter.LAST_BYTES + 1];
    try (OutputWriter writer =
        new OutputWriter(
            new ListLog()::append, "e", 1, () -> false, () -> {}, () -> {}, later::add)) {
      write(writer, false, much);

      assertThat(writer.finishButLast()).isEmpty();
    }
    assertThat(bytes(OutputLog.Stream.STDOUT)).isEqualTo(much);
  }

  @Test
  void reportsALogThatRefusesAndLetsTheProgramGoOn() {
    CountDownLatch failed = new CountDownLatch(1);
    OutputLog broken =
        new OutputLog() {
          @Override
          public void append(List<Frame> more) {
            throw new IllegalStateException("disk full");
          }

          @Override
          public List<Frame> read(String execution, int attempt, long from, int maxBytes) {
            return List.of();
          }

          @Override
          public void delete(String execution) {}
        };
    try (OutputWriter writer =
        new OutputWriter(
            broken::append, "e", 1, () -> true, () -> {}, failed::countDown, Runnable::run)) {
      byte[] much = new byte[OutputWriter.PENDING_BYTES];
      for (int i = 0; i < 5; i++) {
        write(writer, false, much);
      }
      writer.finish();
      assertThat(writer.failure())
          .hasValueSatisfying(why -> assertThat(why).hasMessage("disk full"));
      assertThat(failed.getCount()).isZero();
    }
  }
}
