package dev.quarterdeck.production.fakes;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server on loopback that counts, waits and fails as it is told. Each connection has a
/// virtual thread.
public final class LoopbackServer implements AutoCloseable {
  private static final int MAX_LINE = 64 << 10;

  private final ServerSocket listener;
  private final Function<Request, Reply> handler;
  private final Counters counters = new Counters();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Duration latency = Duration.ZERO;
  private volatile int together;

  private LoopbackServer(ServerSocket listener, Function<Request, Reply> handler) {
    this.listener = listener;
    this.handler = handler;
  }

  public static LoopbackServer start(Function<Request, Reply> handler) {
    try {
      ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
      LoopbackServer server = new LoopbackServer(listener, handler);
      Thread.ofVirtual().name("fake-accept").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  public Counters counters() {
    return counters;
  }

  /// Every answer comes so much later.
  public void latency(Duration duration) {
    latency = duration;
  }

  /// No answer comes before so many requests were in work at once, or ten seconds have passed.
  public void together(int requests) {
    together = requests;
  }

  /// The next so many requests that match meet the fault; earlier rules come first.
  public void fail(int times, Predicate<Request> when, Fault fault) {
    rules.add(new Rule(times, when, fault));
  }

  /// Ends all faults and waits.
  public void heal() {
    rules.clear();
    latency = Duration.ZERO;
    together = 0;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        counters.opened();
        Thread.ofVirtual().name("fake-connection").start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      for (Request next = read(in); next != null; next = read(in)) {
        counters.begin(next);
        try {
          answer(next, socket, out);
        } finally {
          counters.end();
        }
      }
    } catch (IOException e) {
      // The client went away, or the fault closed the connection.
    } finally {
      open.remove(socket);
      counters.shut();
    }
  }

  private void answer(Request request, Socket socket, OutputStream out) throws IOException {
    pause(latency);
    for (int i = 0; i < 1000 && counters.maxInFlight() < together; i++) {
      pause(Duration.ofMillis(10));
    }
    Fault fault =
        rules.stream()
            .filter(rule -> rule.takes(request))
            .findFirst()
            .map(Rule::fault)
            .orElse(null);
    switch (fault) {
      case null -> write(out, handler.apply(request), Integer.MAX_VALUE, Duration.ZERO, 0);
      case Fault.Instead(Reply reply) -> write(out, reply, Integer.MAX_VALUE, Duration.ZERO, 0);
      case Fault.Late(Duration by) -> {
        pause(by);
        write(out, handler.apply(request), Integer.MAX_VALUE, Duration.ZERO, 0);
      }
      case Fault.Drip(int bytes, Duration every) ->
          write(out, handler.apply(request), Integer.MAX_VALUE, every, bytes);
      case Fault.Broken(int after) -> {
        write(out, handler.apply(request), after, Duration.ZERO, 0);
        throw new IOException("broken as told");
      }
      case Fault.Truncated(int after) -> {
        Reply whole = handler.apply(request);
        byte[] part = Arrays.copyOf(whole.body(), Math.min(after, whole.body().length));
        write(
            out,
            new Reply(whole.status(), whole.headers(), part),
            Integer.MAX_VALUE,
            Duration.ZERO,
            0);
      }
      case Fault.Hang() -> {
        while (socket.getInputStream().read() >= 0) {
          // Waits until the client hangs up or the fake is closed.
        }
        throw new IOException("hung as told");
      }
      case Fault.Reset() -> {
        socket.setSoLinger(true, 0);
        socket.close();
        throw new IOException("reset as told");
      }
    }
  }

  private void write(OutputStream out, Reply reply, int limit, Duration every, int chunk)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Status\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + reply.body().length + "\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    int end = Math.min(limit, reply.body().length);
    int step = chunk > 0 ? chunk : Math.max(1, end);
    for (int from = 0; from < end; from += step) {
      out.write(reply.body(), from, Math.min(step, end - from));
      if (chunk > 0) {
        out.flush();
        pause(every);
      }
    }
    out.flush();
  }

  /// Waits without holding up the end of the test.
  private void pause(Duration duration) throws IOException {
    try {
      if (!duration.isZero() && closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("the fake is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String start = line(in);
    if (start == null || start.isEmpty()) {
      return null;
    }
    List<String> parts = List.of(start.split(" ", 3));
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(Optional.ofNullable(headers.get("content-length")).orElse("0"));
    return new Request(parts.get(0), parts.get(1), Map.copyOf(headers), in.readNBytes(length));
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
      if (line.length() > MAX_LINE) {
        throw new IOException("line too long");
      }
    }
    return null;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Rule {
    private final AtomicInteger left;
    private final Predicate<Request> when;
    private final Fault fault;

    Rule(int times, Predicate<Request> when, Fault fault) {
      this.left = new AtomicInteger(times);
      this.when = when;
      this.fault = fault;
    }

    boolean takes(Request request) {
      return when.test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    Fault fault() {
      return fault;
    }
  }
}
