package dev.quarterdeck.server.blackbox;

import dev.quarterdeck.server.blackbox.Client.Unreachable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// A client of a server that dies again and again: it submits programs, writes down what was
/// acknowledged, and asks again with the same key when there was no answer.
final class Submitter implements Runnable {
  private static final Duration RETRY = Duration.ofMillis(20);

  private final String name;
  private final int count;
  private final Semaphore pace;
  private final Supplier<Client> server;
  private final ConcurrentMap<String, Acknowledged> log;

  /// What the server promised.
  ///
  /// @param key its idempotency key, which is what the program prints, too
  record Acknowledged(String key, String id, int sent) {}

  /// @param pace gives leave for each submission
  /// @param server the user's client of the server that runs now
  /// @param log takes what was acknowledged, by key
  Submitter(
      String name,
      int count,
      Semaphore pace,
      Supplier<Client> server,
      ConcurrentMap<String, Acknowledged> log) {
    this.name = name;
    this.count = count;
    this.pace = pace;
    this.server = server;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      submitAll();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void submitAll() throws InterruptedException {
    for (int i = 0; i < count; i++) {
      pace.acquire();
      String key = name + "-" + i;
      int sent = 0;
      while (!log.containsKey(key)) {
        sent++;
        try {
          log.put(key, new Acknowledged(key, submit(server.get(), key), sent));
        } catch (Unreachable gone) {
          Thread.sleep(RETRY);
        }
      }
    }
  }

  /// One request; the same for the same key.
  static String submit(Client client, String key) {
    return client
        .post(
            "/api/v1/execute",
            Map.of("lang", "bash", "script", "echo " + key),
            "Idempotency-Key",
            key)
        .expect(200)
        .at("execution_id");
  }
}
