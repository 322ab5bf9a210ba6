package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.app.AppClient;
import dev.quarterdeck.bookmarks.app.TestApp;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the tests of linkding's API share.
abstract class LinkdingTest {
  static final String API = "/linkding/api";
  static final String BOOKMARKS = API + "/bookmarks/";

  private static final AtomicInteger USERS = new AtomicInteger();

  @TempDir static Path directory;
  static TestApp app;

  /// The token, and the id, of a user that no other test has.
  final String name = "user-" + USERS.incrementAndGet();

  AppClient alice;

  @BeforeAll
  static void start() {
    app = TestApp.in(directory);
  }

  @BeforeEach
  void login() {
    alice = app.as(name);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /// Makes a bookmark.
  JsonNode make(String json) {
    return alice.post(BOOKMARKS, json).expect(201).json();
  }

  String path(JsonNode bookmark) {
    return BOOKMARKS + bookmark.get("id").asInt() + "/";
  }
}
