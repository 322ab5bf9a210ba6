package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.store.VersionConflict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/// One file with its writer and readers. Closing it ends the writer; the owner of the pool closes
/// that first.
final class AreaFile implements AutoCloseable {
  private final Path file;
  private final Readers readers;
  private final Writer writer;
  private final Cursors cursors;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private AreaFile(Path file, ExecutorService pool, Session session, Cursors cursors) {
    this.file = file;
    this.cursors = cursors;
    this.readers = new Readers(file, pool);
    this.writer = new Writer(file, session, cursors, listeners);
  }

  /// Opens or makes the file.
  ///
  /// @param withCursors whether the file has a journal
  static AreaFile open(Path file, ExecutorService pool, boolean withCursors, Migration migration) {
    Session session;
    try {
      session = Session.writing(file);
    } catch (SQLException failure) {
      throw Faults.of(file, failure);
    }
    boolean opened = false;
    try {
      migration.run(session);
      Cursors cursors = new Cursors();
      if (withCursors) {
        cursors.load(session);
      }
      AreaFile area = new AreaFile(file, pool, session, cursors);
      area.writer.start();
      opened = true;
      return area;
    } catch (SQLException failure) {
      throw Faults.of(file, failure);
    } finally {
      if (!opened) {
        Writer.closeQuietly(session);
      }
    }
  }

  <T> T read(Readers.Read<T> read) {
    return readers.read(read);
  }

  <T> T write(Urgency urgency, boolean appendsEvents, Unit<T> unit)
      throws VersionConflict, DuplicateValue {
    return writer.write(urgency, appendsEvents, unit);
  }

  /// Asks for several units at once; each is waited for by itself with [#await].
  <T> List<Job<T>> writeAll(Urgency urgency, boolean appendsEvents, List<Unit<T>> units) {
    return writer.submit(urgency, appendsEvents, units);
  }

  <T> T await(Job<T> job) throws VersionConflict, DuplicateValue {
    return job.await(file);
  }

  /// Runs a unit that touches no document, and so cannot meet a conflict.
  <T> T writePlainly(Urgency urgency, Unit<T> unit) {
    try {
      return writer.write(urgency, false, unit);
    } catch (VersionConflict | DuplicateValue impossible) {
      throw new StoreException(file + ": a conflict without a document", impossible);
    }
  }

  void listen(Runnable listener) {
    listeners.add(listener);
  }

  long cursor(String group) {
    return cursors.get(group);
  }

  void saveCursor(String group, long position) {
    if (cursors.set(group, position)) {
      writer.nudge();
    }
  }

  long transactions() {
    return writer.transactions();
  }

  @Override
  public String toString() {
    return file.toString();
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  /// What brings the schema of the file up to date.
  @FunctionalInterface
  interface Migration {
    void run(Session session) throws SQLException;
  }
}
