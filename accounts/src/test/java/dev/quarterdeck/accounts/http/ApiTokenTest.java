package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiTokenTest {
  @TempDir Path dataDir;
  private TestApp app;
  private Client user;

  @BeforeEach
  void start() {
    app = TestApp.in(dataDir);
    user = app.login("user", "user123");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private static Reply make(Client client, String scopes) {
    return client.post("/auth/tokens", "{\"name\": \"ci\", \"scopes\": " + scopes + "}");
  }

  @Test
  void showsTheSecretOnceAndStoresOnlyItsHash() throws Exception {
    Reply made = make(user, "[\"executions:read\", \"executions:write\"]");
    String secret = made.text("secret");

    assertThat(made.status()).isEqualTo(201);
    assertThat(secret).startsWith("qd_").hasSize(40);
    assertThat(made.json().at("/token/hint").asString()).isEqualTo(secret.substring(0, 7));
    Reply list = user.get("/auth/tokens");
    assertThat(list.json().get("tokens")).hasSize(1);
    assertThat(list.json().at("/tokens/0/scopes").toString())
        .isEqualTo("[\"executions:read\",\"executions:write\"]");
    assertThat(list.body()).doesNotContain(secret);
    app.close();
    try (Stream<Path> files = Files.list(dataDir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(secret.substring(8));
      }
    }
    app = TestApp.in(dataDir);
    assertThat(app.client().bearer(secret).get("/auth/me").status()).isEqualTo(200);
  }

  @Test
  void comesInWithTheKeywordOfLinkdingInAnyCase() {
    String secret = make(user, "[\"bookmarks:read\"]").text("secret");

    for (String keyword : List.of("Token", "token", "TOKEN", "Bearer", "bEARER")) {
      assertThat(app.client().authorization(keyword + " " + secret).get("/auth/me").status())
          .isEqualTo(200);
    }
    assertThat(app.client().authorization("Token 0123456789abcdef").get("/auth/me").code())
        .isEqualTo("token_invalid");
    assertThat(app.client().authorization("Basic " + secret).get("/auth/me").code())
        .isEqualTo("authorization_scheme");
  }

  @Test
  void mayDoWhatItsScopesName() {
    String reads = make(user, "[\"executions:read\"]").text("secret");
    String writes = make(user, "[\"executions:write\"]").text("secret");

    assertThat(app.client().bearer(reads).get("/test/executions").body()).isEqualTo("true");
    assertThat(app.client().bearer(writes).get("/test/executions").body()).isEqualTo("false");
    assertThat(user.get("/test/executions").body()).isEqualTo("true");
  }

  @Test
  void administratesOnlyWithTheScopeAndTheRole() {
    Client admin = app.login("admin", "admin123");
    String without = make(admin, "[\"executions:read\"]").text("secret");
    String with = make(admin, "[\"admin\"]").text("secret");
    String pretender = make(user, "[\"admin\"]").text("secret");

    assertThat(app.client().bearer(without).get("/admin/users/").status()).isEqualTo(403);
    assertThat(app.client().bearer(with).get("/admin/users/").status()).isEqualTo(200);
    assertThat(app.client().bearer(pretender).get("/admin/users/").status()).isEqualTo(403);
    String id = admin.get("/auth/me").text("user_id");
    Client token = app.client().bearer(with);
    assertThat(token.put("/admin/users/" + id, "{\"password\": \"another password\"}").code())
        .isEqualTo("session_required");
    assertThat(token.post("/admin/users/", "{}").code()).isEqualTo("session_required");
    assertThat(token.post("/admin/users/" + id + "/reset-password", "{}").code())
        .isEqualTo("session_required");
    assertThat(token.post("/admin/users/" + id + "/unlock", "").status()).isEqualTo(200);
  }

  @Test
  void makesNoFurtherTokensAndChangesNoPassword() {
    Client token = app.client().bearer(make(user, "[\"executions:write\"]").text("secret"));
    String password = "{\"current_password\": \"user123\", \"new_password\": \"another password\"}";

    for (Reply reply :
        List.of(
            make(token, "[\"executions:read\"]"),
            token.get("/auth/tokens"),
            token.delete("/auth/tokens/x"),
            token.post("/auth/change-password", password),
            token.post("/auth/logout", ""))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.code()).isEqualTo("session_required");
      assertThat(reply.text("detail"))
          .isEqualTo("This needs a login with name and password; an API token is not enough");
    }
  }

  @Test
  void endsAtOnceWhenDeleted() {
    Reply made = make(user, "[\"executions:read\"]");
    String id = made.json().at("/token/id").asString();
    Client token = app.client().bearer(made.text("secret"));
    assertThat(token.get("/auth/me").status()).isEqualTo(200);

    assertThat(user.delete("/auth/tokens/" + id).status()).isEqualTo(204);

    Reply late = token.get("/auth/me");
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.text("detail"))
        .isEqualTo("The API token is unknown: it was deleted, or is not one of this server");
    assertThat(user.delete("/auth/tokens/" + id).status()).isEqualTo(404);
  }

  @Test
  void doesNotShowOrDeleteAnotherUsersToken() {
    String id = make(user, "[\"executions:read\"]").json().at("/token/id").asString();
    Client admin = app.login("admin", "admin123");

    Reply reply = admin.delete("/auth/tokens/" + id);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("detail")).isEqualTo("You have no API token with this id");
    assertThat(admin.get("/auth/tokens").json().get("tokens")).isEmpty();
    assertThat(user.get("/auth/tokens").json().get("tokens")).hasSize(1);
  }

  @Test
  void expires() {
    String secret =
        user.post(
                "/auth/tokens",
                """
                {"name": "ci", "scopes": ["executions:read"], "expires_at": "2026-01-15T13:00:00+00:00"}
                """)
            .text("secret");
    Client token = app.client().bearer(secret);

    app.clock.advance(Duration.ofMinutes(59));
    assertThat(token.get("/auth/me").status()).isEqualTo(200);
    app.clock.advance(Duration.ofMinutes(1));

    assertThat(token.get("/auth/me").code()).isEqualTo("token_expired");
  }

  @Test
  void notesItsLastUseWithinTenMinutes() {
    Client token = app.client().bearer(make(user, "[\"executions:read\"]").text("secret"));
    assertThat(user.get("/auth/tokens").json().at("/tokens/0/last_used_at").isNull()).isTrue();

    token.get("/auth/me");
    app.clock.advance(Duration.ofMinutes(9));
    token.get("/auth/me");
    assertThat(user.get("/auth/tokens").json().at("/tokens/0/last_used_at").asString())
        .isEqualTo("2026-01-15T12:00:00Z");

    app.clock.advance(Duration.ofMinutes(1));
    token.get("/auth/me");
    assertThat(user.get("/auth/tokens").json().at("/tokens/0/last_used_at").asString())
        .isEqualTo("2026-01-15T12:10:00Z");
  }

  @Test
  void refusesUnknownScopesBadTimesAndBadNames() {
    Reply unknown = make(user, "[\"everything\"]");
    Reply none = make(user, "[]");
    Reply noList = make(user, "\"admin\"");
    Reply past =
        user.post(
            "/auth/tokens",
            "{\"name\": \"ci\", \"scopes\": [\"admin\"], \"expires_at\":"
                + " \"2026-01-15T12:00:00Z\"}");
    Reply noTime =
        user.post(
            "/auth/tokens",
            "{\"name\": \"ci\", \"scopes\": [\"admin\"], \"expires_at\": \"tomorrow\"}");
    Reply noName = user.post("/auth/tokens", "{\"scopes\": [\"admin\"]}");

    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.json().at("/detail/0/msg").asString())
        .isEqualTo(
            "scopes: unknown scope (expected: one or more of [executions:read,"
                + " executions:write, bookmarks:read, bookmarks:write, production:read, admin])");
    assertThat(none.status()).isEqualTo(422);
    assertThat(noList.status()).isEqualTo(422);
    assertThat(past.json().at("/detail/0/msg").asString())
        .isEqualTo("expires_at: past (expected: a later time)");
    assertThat(noTime.json().at("/detail/0/msg").asString())
        .isEqualTo("expires_at: not a time (expected: such as 2030-01-31T12:00:00Z)");
    assertThat(noName.status()).isEqualTo(422);
    assertThat(user.get("/auth/tokens").json().get("tokens")).isEmpty();
  }

  @Test
  void boundsTheNumberOfTokensOfAUser() {
    for (int i = 0; i < 50; i++) {
      assertThat(make(user, "[\"executions:read\"]").status()).isEqualTo(201);
    }

    Reply reply = make(user, "[\"executions:read\"]");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("detail"))
        .isEqualTo("You have 50 API tokens, which is the greatest number; delete one first");
  }

  @Test
  void refusesAnUnknownSecret() {
    assertThat(app.client().bearer("qd_" + "A".repeat(43)).get("/auth/me").status()).isEqualTo(401);
    assertThat(app.client().bearer("qd_").get("/auth/me").status()).isEqualTo(401);
  }
}
