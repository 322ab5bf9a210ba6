package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Reads of one file. The native code runs on the platform threads of a small pool, so that a
/// virtual thread never holds its carrier in it.
final class Readers implements AutoCloseable {
  private final Path file;
  private final ExecutorService pool;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();

  /// @param pool shared by all files; the owner closes it, before this
  Readers(Path file, ExecutorService pool) {
    this.file = file;
    this.pool = pool;
  }

  <T> T read(Read<T> read) {
    CompletableFuture<T> answer;
    try {
      answer = CompletableFuture.supplyAsync(() -> onPoolThread(read), pool);
    } catch (RejectedExecutionException stopped) {
      throw Faults.closed(file);
    }
    try {
      return answer.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof StoreException fault) {
        throw new StoreException(String.valueOf(fault.getMessage()), fault);
      }
      throw failure;
    }
  }

  private <T> T onPoolThread(Read<T> read) {
    @Nullable Session session = idle.pollFirst();
    boolean whole = false;
    try {
      if (session == null) {
        session = Session.reading(file);
      }
      T answer = read.run(session);
      whole = true;
      return answer;
    } catch (SQLException failure) {
      throw Faults.of(file, failure);
    } finally {
      if (session != null) {
        giveBack(session, whole);
      }
    }
  }

  private void giveBack(Session session, boolean whole) {
    if (whole) {
      idle.addFirst(session);
    } else {
      Writer.closeQuietly(session);
    }
  }

  @Override
  public void close() {
    for (@Nullable Session s = idle.pollFirst(); s != null; s = idle.pollFirst()) {
      Writer.closeQuietly(s);
    }
  }

  /// A read of one or more statements.
  @FunctionalInterface
  interface Read<T> {
    T run(Session session) throws SQLException;
  }
}
