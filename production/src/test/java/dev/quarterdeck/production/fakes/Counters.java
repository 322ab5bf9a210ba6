package dev.quarterdeck.production.fakes;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What a server saw.
public final class Counters {
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger openConnections = new AtomicInteger();
  private final AtomicInteger maxOpenConnections = new AtomicInteger();
  private final AtomicInteger total = new AtomicInteger();

  void begin(Request request) {
    total.incrementAndGet();
    requests.add(request);
    int now = inFlight.incrementAndGet();
    maxInFlight.accumulateAndGet(now, Math::max);
  }

  void end() {
    inFlight.decrementAndGet();
  }

  void opened() {
    connections.incrementAndGet();
    int now = openConnections.incrementAndGet();
    maxOpenConnections.accumulateAndGet(now, Math::max);
  }

  void shut() {
    openConnections.decrementAndGet();
  }

  /// Requests since the start or the last reset, retries and refusals included.
  public int requests() {
    return total.get();
  }

  /// The requests, in order of their arrival.
  public List<Request> log() {
    return List.copyOf(requests);
  }

  /// Requests that were in work at once, at most.
  public int maxInFlight() {
    return maxInFlight.get();
  }

  /// Connections that were accepted.
  public int connections() {
    return connections.get();
  }

  /// Connections that were open at once, at most.
  public int maxOpenConnections() {
    return maxOpenConnections.get();
  }

  /// Forgets requests, connections accepted and both maxima.
  public void reset() {
    requests.clear();
    total.set(0);
    maxInFlight.set(inFlight.get());
    connections.set(0);
    maxOpenConnections.set(openConnections.get());
  }
}
