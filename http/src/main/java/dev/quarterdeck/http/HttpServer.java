package dev.quarterdeck.http;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.quarterdeck.runtime.Ids;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running HTTP server. Start it with [#start], stop it with [#stop]; both from any thread.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration UNBOUNDED = Duration.ofDays(1);
  private static final Duration AFTER_ABORT = Duration.ofMillis(500);
  private static final Duration DEFAULT_STOP = Duration.ofSeconds(10);

  private final WebServer server;
  private final Connections connections;
  private final Answers answers;
  private final Admission admission;

  private HttpServer(
      WebServer server, Connections connections, Answers answers, Admission admission) {
    this.admission = admission;
    this.server = server;
    this.connections = connections;
    this.answers = answers;
  }

  /// Starts to listen; requests are answered from then on.
  ///
  /// @param options what the settings do not say
  /// @throws IllegalArgumentException two routes take the same requests, or an entry of
  ///   `CORS_ORIGINS` is no origin
  /// @throws IllegalStateException the address is in use or not of this machine; the message says
  ///   which
  public static HttpServer start(
      List<Route> routes,
      WebSettings web,
      ServerSettings listen,
      ProtectionSettings protection,
      Authenticator authenticator,
      HttpOptions options) {
    RouteTable table = new RouteTable(routes);
    Answers answers = new Answers(options);
    Ids ids = new Ids(InstantSource.system());
    Gate gate =
        new Gate(
            authenticator,
            options.localUser(),
            protection.rateLimitEnabled() ? new RateLimiter(protection.rateLimits()) : null);
    long places = Math.min(Integer.MAX_VALUE, (long) web.concurrency() * web.threads());
    Admission admission = new Admission((int) places, web.backlog());
    Dispatcher dispatcher =
        new Dispatcher(
            table,
            web,
            admission,
            gate,
            new Cors(protection.corsOrigins()),
            new ClientAddresses(protection.trustedProxies()),
            ids,
            answers,
            options.faults());
    Http1Config http1 =
        Http1Config.builder()
            .maxPrologueLength(16_384)
            .maxHeadersSize(32_768)
            .sendKeepAliveHeader(false)
            .validateResponseHeaders(true)
            .addReceiveListener(Connections.headerClock(options.headerTimeout()))
            .build();
    Connections connections =
        new Connections(Http1ConnectionSelector.builder().config(http1).build(), options);
    long largestBody = routes.stream().mapToLong(Route::bodyLimit).max().orElse(0);
    WebServer server =
        WebServer.builder()
            .address(address(listen.host()))
            .port(listen.port())
            .backlog(web.backlog())
            .maxTcpConnections(maxConnections())
            .maxPayloadSize(Math.addExact(largestBody, largestBody) + 1_000_000)
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .idleConnectionTimeout(UNBOUNDED)
            .shutdownGracePeriod(UNBOUNDED)
            .shutdownHook(false)
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .addConnectionSelector(connections)
            .directHandlers(DirectErrors.handlers(ids))
            .routing(HttpRouting.builder().any(dispatcher))
            .build();
    server.start();
    if (!server.isRunning()) {
      connections.close();
      throw new IllegalStateException(
          "SERVER_HOST, SERVER_PORT: cannot listen on %s:%d: %s (expected: an address of this machine and a free port)"
              .formatted(listen.host(), listen.port(), whyNot(listen)));
    }
    LOG.debug("Listening on http://{}:{}", listen.host(), server.port());
    return new HttpServer(server, connections, answers, admission);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IllegalStateException(
          "SERVER_HOST: " + host + " (expected: a host name or address of this machine)", unknown);
    }
  }

  /// Helidon logs why it cannot listen, and keeps it; trying again tells us.
  private static String whyNot(ServerSettings listen) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address(listen.host()), listen.port()));
      return "the server did not start, see the log";
    } catch (IOException reason) {
      return String.valueOf(reason.getMessage());
    }
  }

  /// Half of the files that the process may open: a server that runs out of them cannot accept any
  /// more, ever.
  private static int maxConnections() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : 4096;
    return Math.clamp(files / 2, 64, 20_000);
  }

  /// The port it listens on, also when the settings say 0.
  public int port() {
    return server.port();
  }

  /// How many requests wait for a place now.
  public int waiting() {
    return admission.waiting();
  }

  /// Stops: accepts nothing more, lets the requests in flight finish, ends the streams with a last
  /// comment so that their clients connect again. What has not ended after the time given is cut
  /// off.
  ///
  /// @return whether everything ended in time
  public boolean stop(Duration within) throws InterruptedException {
    Thread stopping = Thread.ofVirtual().name("http-stop").start(server::stop);
    answers.stop();
    boolean inTime = stopping.join(within);
    if (!inTime) {
      connections.abortAll();
      stopping.join(AFTER_ABORT);
    }
    connections.close();
    return inTime;
  }

  /// Stops within 10 seconds.
  @Override
  public void close() {
    try {
      stop(DEFAULT_STOP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
