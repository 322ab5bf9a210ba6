package dev.quarterdeck.bookmarks;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.VersionConflict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Gives out the whole numbers of one kind of record, each once for ever. It takes them from the
/// store in blocks, so a crash loses numbers and never repeats one. Safe for all threads.
final class Numbers {
  private static final int BLOCK = 1_000;

  private final Documents documents;
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private int next;
  private int end;

  /// @param name of the sequence
  Numbers(Documents documents, String name) {
    this.documents = documents;
    this.name = name;
  }

  /// A number from 1 on.
  int next() {
    lock.lock();
    try {
      while (next == end) {
        reserve();
      }
      return next++;
    } finally {
      lock.unlock();
    }
  }

  private void reserve() {
    Optional<Document> stored = documents.find(BookmarkKinds.NUMBERS, name);
    long version = stored.map(Document::version).orElse(0L);
    int from = stored.map(document -> Json.read(document.body(), Block.class).next()).orElse(1);
    if (from > Integer.MAX_VALUE - BLOCK) {
      throw BookmarkProblems.noNumbers(name);
    }
    byte[] body = Json.write(new Block(from + BLOCK));
    try {
      documents.commit(
          new Change.Put(
              BookmarkKinds.NUMBERS,
              new Document(name, version, Map.of(), body),
              version,
              List.of(),
              Change.Urgency.INTERACTIVE));
      next = from;
      end = from + BLOCK;
    } catch (VersionConflict anotherTookThem) {
      Thread.onSpinWait();
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("numbers have no unique field", impossible);
    }
  }

  /// What is stored: the first number that nobody has.
  private record Block(int next) {}
}
