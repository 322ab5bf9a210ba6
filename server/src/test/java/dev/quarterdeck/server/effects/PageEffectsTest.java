package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Reading the pages of bookmarks, seen by a page on loopback.
class PageEffectsTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1};

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer site;

  PageEffectsTest() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
  }

  @BeforeEach
  void serve() {
    site.createContext(
        "/",
        exchange -> {
          boolean icon = exchange.getRequestURI().getPath().endsWith("favicon.ico");
          byte[] body = icon ? PNG : "<title>Found title</title>".getBytes(StandardCharsets.UTF_8);
          requests.incrementAndGet();
          exchange.getResponseHeaders().set("Content-Type", icon ? "image/png" : "text/html");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    site.start();
  }

  @AfterEach
  void stop() {
    site.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + site.getAddress().getPort() + "/page";
  }

  private String add(TestClient client) throws IOException, InterruptedException {
    return client
        .post("/api/v1/bookmarks", Map.of("url", url()))
        .expect(201)
        .json()
        .get("id")
        .asString();
  }

  private static JsonNode read(TestClient client, String id) {
    try {
      return client.get("/api/v1/bookmarks/" + id).expect(200).json();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  @Test
  @Observes("FETCH_PAGES")
  void readsThePageOfANewBookmarkOnlyWhenAllowed() throws Exception {
    try (TestServer on = TestServer.start("FETCH_PAGES=true", "FETCH_ALLOW_HOSTS=127.0.0.1")) {
      TestClient client = on.user();
      String id = add(client);
      Awaiting.until(
          "the title was read",
          () -> read(client, id).get("title").asString().equals("Found title"));
      Awaiting.until(
          "the icon was read",
          () -> read(client, id).at("/metadata/favicon").asString("").endsWith("/favicon.ico"));
      assertThat(client.get("/api/v1/bookmarks/" + id + "/icon").expect(200).status())
          .isEqualTo(200);
      assertThat(read(client, id).get("created_at")).isEqualTo(read(client, id).get("modified_at"));
    }
    requests.set(0);
    try (TestServer off = TestServer.start("FETCH_PAGES=false", "FETCH_ALLOW_HOSTS=127.0.0.1")) {
      TestClient client = off.user();
      String id = add(client);
      client.post("/api/v1/bookmarks/" + id + "/refresh", Map.of()).expect(202);
      Awaiting.until(
          "the page was read because somebody asked for it",
          () -> read(client, id).get("title").asString().equals("Found title"));
      String other = addOther(client);
      assertThat(read(client, other).get("title").asString()).isEmpty();
      client.get("/api/v1/bookmarks/" + other + "/icon").expect(404);
    }
  }

  private String addOther(TestClient client) throws IOException, InterruptedException {
    return client
        .post("/api/v1/bookmarks", Map.of("url", url() + "/other"))
        .expect(201)
        .json()
        .get("id")
        .asString();
  }

  @Test
  @Observes("FETCH_ALLOW_HOSTS")
  void reachesTheInnerNetworkOnlyWhereItIsAllowed() throws Exception {
    try (TestServer closed = TestServer.start("FETCH_PAGES=true")) {
      TestClient client = closed.user();
      String id = add(client);
      Awaiting.until(
          "the refusal was noted", () -> read(client, id).at("/metadata/failure").isString());
      assertThat(read(client, id).at("/metadata/failure").asString()).contains("127.0.0.1: port ");
      assertThat(requests).hasValue(0);
    }
    try (TestServer open = TestServer.start("FETCH_PAGES=true", "FETCH_ALLOW_HOSTS=127.0.0.1")) {
      TestClient client = open.user();
      String id = add(client);
      Awaiting.until(
          "the title was read",
          () -> read(client, id).get("title").asString().equals("Found title"));
    }
  }

  @Test
  @Observes("LINK_CHECK_DAYS")
  void looksAtOldLinksAgainOnlyWhenItIsOn(@TempDir Path directory) throws Exception {
    String id;
    try (TestServer off = TestServer.startIn(directory, "FETCH_ALLOW_HOSTS=127.0.0.1")) {
      id = add(off.user());
    }
    assertThat(requests).hasValue(0);
    try (TestServer on =
        TestServer.startIn(directory, "LINK_CHECK_DAYS=1", "FETCH_ALLOW_HOSTS=127.0.0.1")) {
      TestClient client = on.user();
      Awaiting.until(
          "the link was looked at", () -> read(client, id).at("/metadata/fetched_at").isString());
    }
    assertThat(requests.get()).isPositive();
  }
}
