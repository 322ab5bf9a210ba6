package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigDiffCommandTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void profilesDifferInTheirDefaults() {
    Outcome outcome = Outcome.of("config", "diff", "development", "production");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.stderr()).isEmpty();
    assertThat(squeezed(outcome))
        .contains("setting development production from")
        .contains("page_size 10 25 default | default of profile production")
        .contains("secret_key <secret> (required)")
        .doesNotContain("CHANGE_ME");
  }

  @Test
  void filesAreComparedByValueNotBySpelling() throws IOException {
    String a = file("a file.toml", "PAGE_SIZE = 20\nBITBUCKET_TIMEOUT = 2");
    String b = file("b.toml", "page_size = 20\n[bitbucket]\ntimeout = \"2s\"");
    String c = file("c.toml", "page_size = 21");

    Outcome equal = Outcome.of("config", "diff", a, b);
    assertThat(equal.exitCode()).isZero();
    assertThat(equal.text()).isEmpty();

    Outcome different = Outcome.of("config", "diff", "--json", a, c);
    JsonNode json = JsonMapper.shared().readTree(different.text());
    assertThat(different.exitCode()).isEqualTo(1);
    assertThat(json.at("/different/0/key").asString()).isEqualTo("page_size");
    assertThat(json.at("/different/0/a/shown").asString()).isEqualTo("20");
    assertThat(json.at("/different/0/b/place/line").asInt()).isEqualTo(1);
  }

  @Test
  void sideThatCannotBeUsedIsReportedWithItsName() throws IOException {
    String bad = file("bad.toml", "page_sise = 20");

    Outcome outcome = Outcome.of("config", "diff", "current", bad);
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("bad.toml: The settings have 1 problem");
    assertThat(Outcome.of("config", "diff", "current", directory + "/none").stderr())
        .contains("there is no such file");
    assertThat(Outcome.of("config", "diff", "current").exitCode()).isEqualTo(64);
    Outcome noPath = Outcome.of("config", "diff", "current", "a\0b");
    assertThat(noPath.exitCode()).isEqualTo(64);
    assertThat(noPath.stderr()).contains("a\\0b: not a path (expected: current, one of");
  }

  @Test
  void runningServerIsASide() throws Exception {
    try (TestServer server = TestServer.start("page_size=33")) {
      Outcome outcome = Outcome.of("config", "diff", "test", server.address().toString());

      assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(1);
      assertThat(squeezed(outcome))
          .contains("setting test " + server.address())
          .contains("\npage_size 5 33 default of profile test\n")
          .containsPattern("unknown, since one side does not tell: .*secret_key")
          .doesNotContain("no setting of this version", "max_page_size");
      assertThat(
              Outcome.of("config", "diff", server.address() + "/", server.address() + "/api/config")
                  .exitCode())
          .isZero();
    }
  }

  @Test
  void serverThatAsksForALoginGetsTheToken() throws Exception {
    try (TestServer server =
        TestServer.start(
            Map.of("PROFILE", "production", "SECRET_KEY", "x".repeat(40)),
            "registration_enabled=true")) {
      Outcome refused = Outcome.of("config", "diff", "test", server.address().toString());
      assertThat(refused.exitCode()).isEqualTo(69);
      assertThat(refused.stderr())
          .contains("/api/config: status 401, the server does not know you")
          .contains("put a token of yours into QUARTERDECK_TOKEN");

      String token = registered(server);
      assertThat(RunningServer.at(server.address().toString(), token + "\n").settings())
          .containsKey("PAGE_SIZE")
          .doesNotContainKeys("workspace", "SECRET_KEY");
    }
  }

  private static String registered(TestServer server) throws IOException, InterruptedException {
    server
        .client()
        .post(
            "/api/v1/auth/register",
            Map.of("username", "reader", "email", "r@example.org", "password", "Corr3ct-horse"))
        .expect(200);
    return server.client().login("reader", "Corr3ct-horse").token();
  }

  @Test
  void addressThatIsNoServerOfOursIsSaidSo() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertRefused("http://127.0.0.1:" + free, 69, ": no connection (is the server running");
    assertRefused("http://", 64, "URL: ");
    assertRefused("http://a b", 64, "URL: ");
    assertRefused("https://user:pa55word@example.org", 64, "http://…@example.org: a user name");
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    answer(other, "/a/api/config", 200, "<html>");
    answer(other, "/b/api/config", 302, "");
    answer(other, "/c/api/config", 200, "[" + "1,".repeat(3 << 20) + "1]");
    answer(other, "/d/api/config", 200, "{}");
    other.start();
    try {
      String base = "http://127.0.0.1:" + other.getAddress().getPort();
      assertRefused(base + "/a", 69, "an answer that is not a JSON object of settings");
      assertRefused(base + "/b/", 69, "/b/api/config: status 302 (expected: 200");
      assertRefused(base + "/c", 69, "/c/api/config: ");
      assertRefused(base + "/d", 69, "an answer that is not a JSON object of settings");
    } finally {
      other.stop(0);
    }
  }

  private static void answer(HttpServer server, String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private static void assertRefused(String address, int exitCode, String message) {
    Outcome outcome = Outcome.of("config", "diff", "current", address);
    assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(exitCode);
    assertThat(outcome.stderr())
        .contains(message)
        .doesNotContain("pa55word", "\tat ", "fault of the program");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static String squeezed(Outcome outcome) {
    return outcome.text().replaceAll(" +", " ");
  }
}
