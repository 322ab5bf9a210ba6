package dev.quarterdeck.executions;

import dev.quarterdeck.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/// The claim of an execution whose program starts already. Nothing that the program does is stored
/// or shown before the claim is durable; when the claim is refused, because somebody cancelled the
/// execution meanwhile, the run is thrown away. A run that ends before anybody needs its claim
/// takes it back and stores both as one. Safe for all threads.
final class Claim {
  private enum Stage {
    OPEN,
    BEGUN,
    TAKEN_BACK
  }

  private final AtomicReference<Stage> stage;
  private final CompletableFuture<Boolean> durable;
  private final BooleanSupplier commit;
  private final Runnable onRefusal;

  private Claim(
      Stage stage, CompletableFuture<Boolean> durable, BooleanSupplier commit, Runnable onRefusal) {
    this.stage = new AtomicReference<>(stage);
    this.durable = durable;
    this.commit = commit;
    this.onRefusal = onRefusal;
  }

  /// One that is durable.
  static Claim made() {
    return new Claim(Stage.BEGUN, CompletableFuture.completedFuture(true), () -> true, () -> {});
  }

  /// One that nobody has begun to store.
  ///
  /// @param commit answers false when another write came first
  /// @param onRefusal called when there will be no claim
  static Claim open(BooleanSupplier commit, Runnable onRefusal) {
    return new Claim(Stage.OPEN, new CompletableFuture<>(), commit, onRefusal);
  }

  /// Stores it in a thread of its own, unless that has begun or it was taken back.
  void begin() {
    if (mine(Stage.BEGUN)) {
      Thread.ofVirtual().name("claim").start(this::store);
    }
  }

  /// Takes it back, for whoever stores it together with the end of the run.
  ///
  /// @return false when it is stored or being stored
  boolean takeBack() {
    return mine(Stage.TAKEN_BACK);
  }

  private boolean mine(Stage next) {
    return stage.compareAndSet(Stage.OPEN, next);
  }

  private void store() {
    try {
      durable.complete(commit.getAsBoolean());
    } catch (RuntimeException | Error failure) {
      durable.completeExceptionally(failure);
    }
    if (durable.isCompletedExceptionally() || !durable.join()) {
      onRefusal.run();
    }
  }

  /// Stores it if nobody has, and waits until it is durable, whatever interrupts.
  ///
  /// @return false when it was refused
  /// @throws StoreException it could not be stored
  /// @throws IllegalStateException it was taken back
  boolean await() {
    if (mine(Stage.BEGUN)) {
      store();
    } else if (stage.get() == Stage.TAKEN_BACK) {
      throw new IllegalStateException("a claim that was taken back is asked for");
    }
    try {
      return durable.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof StoreException broken
          ? new StoreException(String.valueOf(broken.getMessage()), broken)
          : failed;
    }
  }
}
