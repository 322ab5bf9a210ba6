package dev.quarterdeck.production;

import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/// Works on the items of one call with a bounded number of threads.
final class Workers {
  private final int most;

  Workers(int most) {
    this.most = most;
  }

  /// Applies the function to every item; the answers stand in the items' order.
  ///
  /// @param work throws only when the whole call has failed; the first failure ends it
  <A, B> List<B> map(List<A> items, Function<A, B> work) {
    if (items.size() < 2 || most == 1) {
      return items.stream().map(work).toList();
    }
    AtomicReferenceArray<B> results = new AtomicReferenceArray<>(items.size());
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable worker =
        () -> {
          try {
            for (int at = next.getAndIncrement(); at < items.size(); at = next.getAndIncrement()) {
              results.set(at, work.apply(items.get(at)));
            }
          } catch (RuntimeException | Error broken) {
            failure.compareAndSet(null, broken);
            next.set(items.size());
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(most, items.size()); i++) {
      threads.add(Thread.ofVirtual().name("production-worker").start(worker));
    }
    await(threads);
    switch (failure.get()) {
      case RuntimeException broken -> throw broken;
      case Error broken -> throw broken;
      case null, default -> {}
    }
    List<B> answers = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      answers.add(results.get(i));
    }
    return answers;
  }

  private static void await(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException ended) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new SourceException(new SourceFault.Cancelled("the caller gave up"), ended);
    }
  }
}
