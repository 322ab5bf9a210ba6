package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.sandbox.CompileCache.Build;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How one order gets compiled: from what was kept, or by its compiler, whose work is then kept.
final class CompileStep implements Sandbox.Output {
  /// A compiler that says more is not kept.
  private static final int MESSAGES_BYTES = 16 << 10;

  private final CompileCache cache;
  private final String batch;
  private final Optional<String> key;
  private final Optional<Build> found;
  private final boolean first;
  private final Sandbox.Output output;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  private CompileStep(
      CompileCache cache, RunOrder order, Optional<String> key, Sandbox.Output output) {
    this.cache = cache;
    this.batch = order.batch();
    this.key = key;
    this.output = output;
    Optional<Build> ofBatch = batch.isEmpty() ? Optional.empty() : cache.ofBatch(batch);
    this.first = ofBatch.isEmpty();
    this.found =
        ofBatch.or(
            () ->
                key.flatMap(cache::find)
                    .filter(build -> build.messages().length <= order.limits().outputBytes()));
  }

  /// Looks for what was kept.
  ///
  /// @param command of the compiler, not empty
  static CompileStep of(
      CompileCache cache,
      RunOrder order,
      Languages.Installed installed,
      List<String> command,
      Sandbox.Output output) {
    return new CompileStep(cache, order, CompileCache.key(order, installed, command), output);
  }

  /// What the compiler made before, if it need not run.
  Optional<Task.Prebuilt> prebuilt() {
    return found.map(
        build ->
            new Task.Prebuilt(
                build.archive(),
                first ? Optional.of(CompileCache.compilation(build)) : Optional.empty()));
  }

  /// What takes the compiler's work, if it runs and its work is worth keeping.
  Optional<Task.BuildKeeper> keeper() {
    return found.isEmpty() && (key.isPresent() || !batch.isEmpty())
        ? Optional.of(this::keep)
        : Optional.empty();
  }

  /// Says again what the compiler said; called before the program starts.
  void replay() {
    if (found.isPresent() && first) {
      byte[] said = found.get().messages();
      if (said.length > 0) {
        output.write(true, said, 0, said.length);
      }
      output.compiled(said.length);
      if (!batch.isEmpty()) {
        cache.keepForBatch(batch, found.get());
      }
    }
  }

  private void keep(byte[] archive, Compilation how) {
    byte[] said = Arrays.copyOf(said(), (int) Math.min(how.outputBytes(), MESSAGES_BYTES));
    if (how.exitCode().orElse(1) != 0 || said.length < how.outputBytes()) {
      return;
    }
    Build build = new Build(archive, said);
    key.ifPresent(digest -> cache.put(digest, build));
    if (!batch.isEmpty()) {
      cache.keepForBatch(batch, build);
    }
  }

  @Override
  public void compiled(long bytes) {
    output.compiled(bytes);
  }

  private synchronized byte[] said() {
    return messages.toByteArray();
  }

  @Override
  public void write(boolean stderr, byte[] bytes, int offset, int length) {
    if (stderr && found.isEmpty()) {
      synchronized (this) {
        messages.write(bytes, offset, Math.min(length, MESSAGES_BYTES - messages.size()));
      }
    }
    output.write(stderr, bytes, offset, length);
  }
}
