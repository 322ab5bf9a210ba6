package dev.quarterdeck.executions;

import dev.quarterdeck.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/// The claim of an execution on its way to the disk while its program starts already. Nothing that
/// the program does is stored or shown before the claim is durable; when the claim is refused,
/// because somebody cancelled the execution meanwhile, the run is thrown away.
final class Claim {
  private final CompletableFuture<Boolean> durable;

  private Claim(CompletableFuture<Boolean> durable) {
    this.durable = durable;
  }

  /// One that is durable.
  static Claim made() {
    return new Claim(CompletableFuture.completedFuture(true));
  }

  /// Commits one, in a thread of its own.
  ///
  /// @param commit answers false when another write came first
  /// @param onRefusal called when there will be no claim
  static Claim begin(String execution, BooleanSupplier commit, Runnable onRefusal) {
    CompletableFuture<Boolean> durable = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("claim-" + execution)
        .start(
            () -> {
              try {
                durable.complete(commit.getAsBoolean());
              } catch (RuntimeException | Error failure) {
                durable.completeExceptionally(failure);
              }
              if (durable.isCompletedExceptionally() || !durable.join()) {
                onRefusal.run();
              }
            });
    return new Claim(durable);
  }

  /// Waits until it is known, whatever interrupts.
  ///
  /// @return false when it was refused
  /// @throws StoreException it could not be stored
  boolean await() {
    try {
      return durable.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof StoreException broken
          ? new StoreException(String.valueOf(broken.getMessage()), broken)
          : failed;
    }
  }
}
