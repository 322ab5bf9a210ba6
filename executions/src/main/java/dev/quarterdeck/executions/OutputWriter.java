package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings what a program writes into the output log, in batches, while it runs: the first bytes
/// after [#GATHER_MILLIS] when somebody watches, else [Soon#DELAY] or twice that; all others at
/// most [#INTERVAL_MILLIS] later. Blocks the program when the log cannot follow. A frame never ends
/// within a UTF-8 character, unless the program stops there. The last few bytes can be kept back,
/// for whoever stores the end of the run.
final class OutputWriter implements Sandbox.Output, AutoCloseable {
  static final int FRAME_BYTES = 64 * 1024;
  static final int PENDING_BYTES = 1024 * 1024;
  static final long INTERVAL_MILLIS = 20;

  /// At most so many bytes are kept back at the end.
  static final int LAST_BYTES = 4 * 1024;

  /// Programs write a line in several small pieces; after silence this much time gathers them.
  static final long GATHER_MILLIS = 2;

  private final Consumer<List<Frame>> log;
  private final String execution;
  private final int attempt;
  private final BooleanSupplier watched;
  private final Runnable announce;
  private final Runnable onFailure;
  private final Consumer<Runnable> later;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<OutputChunk> pending = new ArrayList<>();
  private final Map<Stream, Long> written = new EnumMap<>(Stream.class);
  private @Nullable Thread flusher;
  private boolean flusherAsked;
  private int pendingBytes;
  private boolean closed;
  private boolean keepingLast;
  private List<Frame> last = List.of();
  private @Nullable RuntimeException failure;
  private long sequence;

  /// Takes what it needs. The thread that writes is started when there is something to write.
  ///
  /// @param log stores frames; they are durable when it returns
  /// @param watched whether somebody waits for output
  /// @param announce called after each batch became durable
  /// @param onFailure called when the log refuses a batch; everything after it is dropped
  /// @param later runs a task after [Soon#DELAY] or twice that
  OutputWriter(
      Consumer<List<Frame>> log,
      String execution,
      int attempt,
      BooleanSupplier watched,
      Runnable announce,
      Runnable onFailure,
      Consumer<Runnable> later) {
    this.log = log;
    this.execution = execution;
    this.attempt = attempt;
    this.watched = watched;
    this.announce = announce;
    this.onFailure = onFailure;
    this.later = later;
  }

  @Override
  public void write(boolean stderr, byte[] bytes, int offset, int length) {
    Stream stream = stderr ? Stream.STDERR : Stream.STDOUT;
    lock.lock();
    try {
      while (pendingBytes >= PENDING_BYTES && failure == null && !closed) {
        changed.awaitUninterruptibly();
      }
      if (failure != null || closed) {
        return;
      }
      int from = offset;
      int left = length;
      while (left > 0) {
        OutputChunk chunk = chunkFor(stream);
        int taken = chunk.add(bytes, from, left);
        from += taken;
        left -= taken;
      }
      pendingBytes += length;
      written.merge(stream, (long) length, Long::sum);
      awaken();
    } finally {
      lock.unlock();
    }
  }

  /// Tells the thread that writes of what is pending, or has it started. The lock is held.
  private void awaken() {
    if (flusher != null) {
      changed.signalAll();
    } else if (pendingBytes >= FRAME_BYTES || (!flusherAsked && watched.getAsBoolean())) {
      startFlusher();
    } else if (!flusherAsked) {
      flusherAsked = true;
      later.accept(this::startUnlessClosed);
    }
  }

  private void startUnlessClosed() {
    lock.lock();
    try {
      if (flusher == null && !closed) {
        startFlusher();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startFlusher() {
    flusher = Thread.ofVirtual().name("output-" + execution).start(this::flushAll);
  }

  private OutputChunk chunkFor(Stream stream) {
    OutputChunk last = pending.isEmpty() ? null : pending.getLast();
    if (last != null && last.stream == stream && !last.full()) {
      return last;
    }
    OutputChunk next = new OutputChunk(stream);
    pending.add(next);
    return next;
  }

  @Override
  public void close() {
    finish();
  }

  /// Takes no more, and waits until everything is durable.
  void finish() {
    finish(false);
  }

  /// Takes no more, and waits until everything is durable, except what is left when that is little.
  ///
  /// @return the frames that are left; their owner makes them durable
  List<Frame> finishButLast() {
    finish(true);
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  private void finish(boolean keepLast) {
    Thread writing;
    lock.lock();
    try {
      keepingLast = keepLast && !closed;
      closed = true;
      if (flusher == null && keepingLast && pendingBytes <= LAST_BYTES) {
        last = cut();
      } else if (flusher == null && !pending.isEmpty()) {
        startFlusher();
      }
      changed.signalAll();
      writing = flusher;
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (writing != null && writing.isAlive()) {
      try {
        writing.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Why output could not be stored, when it could not.
  Optional<RuntimeException> failure() {
    lock.lock();
    try {
      return Optional.ofNullable(failure);
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes of a stream were taken.
  long bytes(Stream stream) {
    lock.lock();
    try {
      return written.getOrDefault(stream, 0L);
    } finally {
      lock.unlock();
    }
  }

  private void flushAll() {
    try {
      for (List<Frame> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
        log.accept(batch);
        announce.run();
      }
    } catch (RuntimeException broken) {
      lock.lock();
      try {
        failure = broken;
        pending.clear();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      onFailure.run();
    }
  }

  private List<Frame> nextBatch() {
    lock.lock();
    try {
      pause(sequence > 0 ? INTERVAL_MILLIS : GATHER_MILLIS);
      while (true) {
        List<Frame> batch = cut();
        if (closed && keepingLast && bytesOf(batch) <= LAST_BYTES) {
          last = batch;
          return List.of();
        }
        if (!batch.isEmpty() || closed) {
          return batch;
        }
        changed.awaitUninterruptibly();
        pause(watched.getAsBoolean() ? GATHER_MILLIS : INTERVAL_MILLIS);
      }
    } finally {
      lock.unlock();
    }
  }

  private static int bytesOf(List<Frame> batch) {
    return batch.stream().mapToInt(frame -> frame.bytes().length).sum();
  }

  private void pause(long millis) {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    while (left > 0 && !closed && pendingBytes < FRAME_BYTES) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException later) {
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Frame> cut() {
    List<Frame> batch = new ArrayList<>();
    List<OutputChunk> rest = new ArrayList<>();
    for (int index = 0; index < pending.size(); index++) {
      OutputChunk chunk = pending.get(index);
      if (!closed || next(chunk.stream, index) != null) {
        carry(chunk.stream, chunk.takeIncompleteTail(), index, rest);
      }
      if (chunk.length > 0) {
        batch.add(new Frame(execution, attempt, ++sequence, chunk.stream, chunk.toBytes()));
        pendingBytes -= chunk.length;
      }
    }
    pending.clear();
    pending.addAll(rest);
    changed.signalAll();
    return batch;
  }

  private void carry(Stream stream, byte[] tail, int index, List<OutputChunk> rest) {
    OutputChunk next = next(stream, index);
    if (next != null) {
      next.prepend(tail);
    } else if (tail.length > 0) {
      OutputChunk chunk = new OutputChunk(stream);
      chunk.prepend(tail);
      rest.add(chunk);
    }
  }

  private @Nullable OutputChunk next(Stream stream, int index) {
    for (OutputChunk later : pending.subList(index + 1, pending.size())) {
      if (later.stream == stream) {
        return later;
      }
    }
    return null;
  }
}
