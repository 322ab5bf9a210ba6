package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where the server listens, and how it protects itself from callers and other sites.
class WebEffectsTest {
  private static final String OPEN = "/api/v1/k8s-limits";
  private static final String LISTENING = "0A";

  @Test
  @Observes("SERVER_PORT")
  void listensOnThePort() throws Exception {
    for (int ignored = 0; ignored < 2; ignored++) {
      int port = freePort();
      assertThat(listeningPorts()).doesNotContain(port);
      try (TestServer server = TestServer.start("SERVER_PORT=" + port)) {
        assertThat(server.address().getPort()).isEqualTo(port);
        assertThat(listeningPorts()).contains(port);
      }
    }
  }

  @Test
  @Observes("SERVER_HOST")
  void listensOnTheHost() throws Exception {
    try (TestServer narrow = TestServer.start("SERVER_HOST=127.0.0.1");
        TestServer wide = TestServer.start("SERVER_HOST=0.0.0.0")) {
      assertThat(connects("127.0.0.2", narrow.address().getPort())).isFalse();
      assertThat(connects("127.0.0.2", wide.address().getPort())).isTrue();
    }
  }

  @Test
  @Observes({"RATE_LIMITS", "RATE_LIMIT_ENABLED"})
  void limitsTheRateWhenEnabled() throws Exception {
    try (TestServer three = TestServer.start("RATE_LIMITS=3/hour", "RATE_LIMIT_ENABLED=true");
        TestServer five = TestServer.start("RATE_LIMITS=5/hour", "RATE_LIMIT_ENABLED=true");
        TestServer off = TestServer.start("RATE_LIMITS=3/hour", "RATE_LIMIT_ENABLED=false")) {
      TestClient.Answer first = three.client().get(OPEN).expect(200);
      assertThat(first.header("X-RateLimit-Limit")).isEqualTo("3");
      assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("2");
      assertThat(allowed(three, 6)).isEqualTo(2);
      TestClient.Answer refused = three.client().get(OPEN).expect(429);
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();

      assertThat(allowed(five, 8)).isEqualTo(5);

      assertThat(allowed(off, 6)).isEqualTo(6);
      assertThat(off.client().get(OPEN).header("X-RateLimit-Limit")).isEmpty();
    }
  }

  private static int allowed(TestServer server, int calls)
      throws IOException, InterruptedException {
    int allowed = 0;
    for (int i = 0; i < calls; i++) {
      allowed += server.client().get(OPEN).status() == 200 ? 1 : 0;
    }
    return allowed;
  }

  @Test
  @Observes("TRUSTED_PROXIES")
  void believesForwardedAddressesOfTrustedProxiesOnly() throws Exception {
    assertThat(limitedClientsBehind("10.1.2.0/24")).containsExactly(200, 429);
    assertThat(limitedClientsBehind("10.1.2.0/24,127.0.0.0/8")).containsExactly(200, 200);
  }

  /// The answers to two clients behind this machine as proxy, where each client has one call.
  private static List<Integer> limitedClientsBehind(String proxies) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (TestServer server =
        TestServer.start(
            "TRUSTED_PROXIES=" + proxies, "RATE_LIMITS=1/hour", "RATE_LIMIT_ENABLED=true")) {
      for (String client : List.of("203.0.113.1", "203.0.113.2")) {
        TestClient http = server.client();
        answers.add(http.send(http.request(OPEN).header("X-Forwarded-For", client).GET()).status());
      }
    }
    return answers;
  }

  @Test
  @Observes("CORS_ORIGINS")
  void allowsOtherOriginsOnlyWhenNamed() throws Exception {
    assertThat(originAllowedBy("")).isEmpty();
    assertThat(originAllowedBy("https://one.example,https://two.example"))
        .isEqualTo("https://two.example");
  }

  private static String originAllowedBy(String origins) throws Exception {
    try (TestServer server = TestServer.start("CORS_ORIGINS=" + origins)) {
      TestClient http = server.client();
      return http.send(http.request(OPEN).header("Origin", "https://two.example").GET())
          .expect(200)
          .header("Access-Control-Allow-Origin");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean connects(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 5_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /// What the kernel says: `sl local_address:port remote state …`, all in hexadecimal.
  private static List<Integer> listeningPorts() throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+", 5);
        if (columns[3].equals(LISTENING)) {
          ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }
}
