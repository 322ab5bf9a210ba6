package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipesTest {
  @Test
  void passesManyBytesAndEndsWhenNobodyCanWriteAnyMore() throws IOException {
    byte[] sent = new byte[1_000_000];
    new Random(1).nextBytes(sent);
    int[] pipe = Kernel.pipe();
    CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> all(pipe[0]));
    try (OutputStream out = Kernel.writing(pipe[1])) {
      out.write(255);
      out.write(sent, 10, sent.length - 10);
    }
    byte[] got = received.join();
    assertThat(got[0]).isEqualTo((byte) 255);
    assertThat(Arrays.copyOfRange(got, 1, got.length))
        .isEqualTo(Arrays.copyOfRange(sent, 10, sent.length));
  }

  private static byte[] all(int descriptor) {
    try (InputStream in = Kernel.reading(descriptor)) {
      return in.readAllBytes();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void saysHowMuchCanBeReadAndReadsOneByteAtATime() throws IOException {
    int[] pipe = Kernel.pipe();
    try (InputStream in = Kernel.reading(pipe[0])) {
      try (OutputStream out = Kernel.writing(pipe[1])) {
        assertThat(in.available()).isZero();
        out.write(new byte[] {(byte) 200, 2, 3});
        assertThat(in.available()).isEqualTo(3);
        assertThat(in.read()).isEqualTo(200);
      }
      assertThat(in.read(new byte[10])).isEqualTo(2);
      assertThat(in.available()).isZero();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /// A number that was given back may be somebody else's already.
  @Test
  void touchesItsDescriptorNoMoreOnceClosed() throws IOException {
    int[] pipe = Kernel.pipe();
    InputStream in = Kernel.reading(pipe[0]);
    OutputStream out = Kernel.writing(pipe[1]);
    in.close();
    in.close();
    assertThatThrownBy(() -> out.write(1)).hasMessageContaining("write failed");
    out.close();
    out.close();
    assertThatThrownBy(in::read).hasMessage("closed");
    assertThatThrownBy(() -> out.write(1)).hasMessage("closed");
  }

  @Test
  void readsAFileAnewEachTimeUntilClosed(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("counters");
    CounterFiles counters = new CounterFiles();
    Files.writeString(file, "12\n");
    assertThat(counters.number(file)).isEqualTo(12);
    Files.writeString(file, "low 0\noom_kill 7\n");
    assertThat(counters.field(file, "oom_kill")).isEqualTo(7);
    assertThat(counters.field(file, "oom")).isZero();
    counters.close();
    assertThatThrownBy(() -> counters.number(file)).hasMessageContaining("removed");
  }
}
