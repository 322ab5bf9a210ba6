package dev.quarterdeck.executions;

import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.EventJournal.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Hands the entries of a journal to a handler: each at least once, and at will several times and
/// shuffled.
final class JournalPump implements AutoCloseable {
  private final EventJournal journal;
  private final Consumer<Entry> handler;
  private final boolean chaotic;
  private final Random random = new Random(42);
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;

  JournalPump(EventJournal journal, Consumer<Entry> handler, boolean chaotic) {
    this.journal = journal;
    this.handler = handler;
    this.chaotic = chaotic;
    journal.listen(news::release);
    thread = Thread.ofVirtual().start(this::pump);
  }

  private void pump() {
    long position = 0;
    List<Entry> all = new ArrayList<>();
    while (!closed) {
      news.acquireUninterruptibly();
      List<Entry> entries = closed ? List.of() : journal.read(position, 100);
      while (!entries.isEmpty()) {
        position = entries.getLast().position();
        all.addAll(entries);
        deliver(entries, all);
        entries = closed ? List.of() : journal.read(position, 100);
      }
    }
  }

  private void deliver(List<Entry> entries, List<Entry> all) {
    List<Entry> order = new ArrayList<>(entries);
    if (chaotic) {
      order.addAll(entries);
      for (int extra = 0; extra < 5; extra++) {
        order.add(all.get(random.nextInt(all.size())));
      }
      Collections.shuffle(order, random);
    }
    order.forEach(handler);
  }

  @Override
  public void close() {
    closed = true;
    news.release();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while stopping", interrupted);
    }
  }
}
