package dev.quarterdeck.server.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.Client.Unreachable;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// After `kill -9` in the middle of writes and of an import, the store has every bookmark that was
/// acknowledged, and the search finds exactly what the store has.
@Tag("slow")
class BookmarkCrashTest {
  private static final int KILLS = 4;
  private static final int IMPORTED = 6_000;
  private static final int PAGE = 100;

  @TempDir(factory = Homes.class)
  Path home;

  @Test
  @Timeout(300)
  void storeAndIndexAgreeAfterKills() throws IOException, InterruptedException {
    Set<String> acknowledged = new TreeSet<>();
    String job = "";
    for (int kill = 0; kill < KILLS; kill++) {
      try (ServerProcess server = ServerProcess.start(home)) {
        Client client = server.user().documentedByTheServer();
        if (kill == 0) {
          job = beginImport(client);
        }
        writeUntilKilled(server, client, kill, acknowledged);
      }
    }
    try (ServerProcess server = ServerProcess.start(home)) {
      Client client = server.user().documentedByTheServer();
      String path = "/api/v1/bookmarks/imports/" + job;
      Awaiting.until("the import ends", () -> ended(client, path));
      Awaiting.until("the index has caught up", () -> caughtUp(client));
      Map<String, String> stored = listed(client);
      JsonNode ended = client.get(path).expect(200).json();
      assertThat(ended.get("state").asString()).isEqualTo("completed");
      assertThat(ended.get("restarts").asInt()).as("kills during the import").isPositive();
      assertThat(acknowledged).as("kills during writes").hasSizeGreaterThan(KILLS);
      assertThat(stored.keySet()).containsAll(acknowledged);
      assertThat(stored.values()).doesNotHaveDuplicates().containsAll(imported());
      // Of each server's last write the answer may have been lost.
      assertThat(stored)
          .hasSizeBetween(IMPORTED + acknowledged.size(), IMPORTED + acknowledged.size() + KILLS);
      assertThat(found(client)).isEqualTo(stored);
      reindex(server, stored.size());
      assertThat(found(client)).isEqualTo(stored);
    }
  }

  /// An administrator has the index built anew on the command line; others may not.
  private void reindex(ServerProcess server, int bookmarks)
      throws IOException, InterruptedException {
    Map<Client, String> told =
        Map.of(
            server.admin(),
            "ready, %d bookmarks in the index".formatted(bookmarks),
            server.user(),
            "Only administrators may do this");
    for (Map.Entry<Client, String> each : told.entrySet()) {
      Quarterdeck.Ended ended =
          Quarterdeck.run(
              home,
              Map.of("QUARTERDECK_TOKEN", each.getKey().token()),
              "bookmarks",
              "reindex",
              "--set",
              "SELF_BASE_URL=" + server.address());
      String said = new String(ended.stdout(), StandardCharsets.UTF_8) + ended.errors();
      assertThat(said).contains(each.getValue());
      assertThat(ended.exitCode()).isEqualTo(said.startsWith("ready") ? 0 : 69);
    }
  }

  /// Creates bookmarks one after another, and kills the server in the midst, each time later.
  private static void writeUntilKilled(
      ServerProcess server, Client client, int kill, Set<String> acknowledged)
      throws InterruptedException {
    AtomicBoolean killed = new AtomicBoolean();
    long moment = System.nanoTime() + (300 + 300L * kill) * 1_000_000;
    Thread killer =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (System.nanoTime() - moment < 0) {
                    LockSupport.parkNanos(5_000_000);
                  }
                  killed.set(true);
                  kill(server);
                });
    try {
      for (int i = 0; ; i++) {
        acknowledged.add(create(client, "crash" + kill + "-" + i));
      }
    } catch (Unreachable gone) {
      assertThat(killed).isTrue();
    }
    killer.join();
  }

  private static void kill(ServerProcess server) {
    try {
      server.kill();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static String beginImport(Client client) {
    StringBuilder file = new StringBuilder("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n");
    for (int i = 0; i < IMPORTED; i++) {
      file.append("<DT><A HREF=\"http://import.org/").append(i).append("\">i</A>\n");
    }
    return client
        .send(
            "POST",
            "/api/v1/bookmarks/imports?format=netscape",
            file + "</DL>\n",
            "Content-Type",
            "text/html")
        .expect(202)
        .at("id");
  }

  private static List<String> imported() {
    return IntStream.range(0, IMPORTED).mapToObj(i -> "http://import.org/" + i).toList();
  }

  private static boolean ended(Client client, String path) {
    return List.of("completed", "failed").contains(client.get(path).at("state"));
  }

  private static boolean caughtUp(Client client) {
    JsonNode index = client.get("/api/v1/bookmarks/search/index").expect(200).json();
    return index.get("state").asString().equals("ready") && index.get("behind").asLong() == 0;
  }

  private static String create(Client client, String title) {
    return client
        .post("/api/bookmarks", Map.of("url", "http://crash.org/" + title, "title", title))
        .expect(201)
        .at("id");
  }

  /// The address of each bookmark by its id, as the store lists them.
  private static Map<String, String> listed(Client client) {
    Map<String, String> stored = new TreeMap<>();
    JsonNode page;
    int number = 1;
    do {
      page =
          client
              .get("/api/bookmarks?per_page=" + PAGE + "&page=" + number++)
              .expect(200)
              .json()
              .get("bookmarks");
      put(page, stored);
    } while (page.size() == PAGE);
    return stored;
  }

  /// The same, as the search finds them.
  private static Map<String, String> found(Client client) {
    Map<String, String> found = new TreeMap<>();
    String cursor = "";
    do {
      JsonNode answer =
          client.get("/api/v1/bookmarks/search?q=org&limit=500" + cursor).expect(200).json();
      put(answer.get("bookmarks"), found);
      String next = answer.path("next_cursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, UTF_8);
    } while (!cursor.isEmpty());
    return found;
  }

  private static void put(JsonNode bookmarks, Map<String, String> into) {
    for (JsonNode bookmark : bookmarks) {
      assertThat(into.put(bookmark.get("id").asString(), bookmark.get("url").asString()))
          .as("listed twice")
          .isNull();
    }
  }
}
