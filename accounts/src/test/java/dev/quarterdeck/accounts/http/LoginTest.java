package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginTest {
  @TempDir Path dataDir;
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.in(dataDir);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void opensASessionByFormAndTellsWhoIsLoggedIn() {
    Client client = app.client();

    Reply login = client.login("user", "user123");

    assertThat(login.status()).isEqualTo(200);
    assertThat(login.text("message")).isEqualTo("Login successful");
    assertThat(login.text("username")).isEqualTo("user");
    assertThat(login.text("role")).isEqualTo("user");
    assertThat(login.text("csrf_token")).isEqualTo(client.cookies.get("csrf_token"));
    assertThat(login.text("token_type")).isEqualTo("bearer");
    assertThat(login.header("cache-control")).isEqualTo("no-store");
    Reply me = client.get("/auth/me");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.text("username")).isEqualTo("user");
    assertThat(me.text("email")).isEqualTo("user@example.com");
    assertThat(me.json().get("is_superuser").booleanValue()).isFalse();
    assertThat(me.body()).doesNotContain("$2a$", "password");
  }

  @Test
  void takesTheNameWhateverItsCase() {
    assertThat(app.login("USER", "user123").get("/auth/me").text("username")).isEqualTo("user");
  }

  @Test
  void setsAHiddenSessionCookieAndAReadableCsrfCookie() {
    Reply login = app.client().login("user", "user123");

    assertThat(login.setCookies()).hasSize(2);
    assertThat(login.setCookies().get(0))
        .startsWith("access_token=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=3600")
        .doesNotContain("Secure");
    assertThat(login.setCookies().get(1))
        .startsWith("csrf_token=")
        .contains("SameSite=Strict", "Path=/", "Max-Age=3600")
        .doesNotContain("HttpOnly");
  }

  @Test
  void acceptsTheTokenAsBearerToo() {
    String token = app.client().login("admin", "admin123").text("access_token");

    Reply me = app.client().bearer(token).get("/auth/me");

    assertThat(me.text("username")).isEqualTo("admin");
    assertThat(me.json().get("is_superuser").booleanValue()).isTrue();
  }

  @Test
  void answersTheSameForAWrongNameAsForAWrongPassword() {
    Reply wrongPassword = app.client().login("user", "wrong-one");
    Reply wrongName = app.client().login("nobody", "wrong-one");

    assertThat(wrongPassword.status()).isEqualTo(401);
    assertThat(wrongPassword.text("detail")).isEqualTo("Invalid username or password");
    assertThat(wrongPassword.code()).isEqualTo("invalid_credentials");
    assertThat(wrongName.status()).isEqualTo(401);
    assertThat(wrongName.body()).isEqualTo(wrongPassword.body());
    assertThat(wrongName.setCookies()).isEmpty();
  }

  @Test
  void refusesAnIncompleteForm() {
    Reply noPassword = app.client().form("/auth/login", Map.of("username", "user"));
    Reply nothing = app.client().form("/auth/login", Map.of("x", "y"));
    Reply grant =
        app.client()
            .form(
                "/auth/login",
                Map.of("username", "user", "password", "user123", "grant_type", "implicit"));

    assertThat(noPassword.status()).isEqualTo(422);
    assertThat(noPassword.json().at("/detail/0/loc/1").asString()).isEqualTo("password");
    assertThat(nothing.json().get("detail")).hasSize(2);
    assertThat(grant.status()).isEqualTo(422);
    assertThat(grant.json().at("/detail/0/msg").asString())
        .isEqualTo("grant_type: not offered (expected: password, or nothing)");
  }

  @Test
  void refusesAJsonBodyAndAHugePassword() {
    Reply json = app.client().post("/auth/login", "{\"username\":\"user\"}");
    Reply huge = app.client().login("user", "x".repeat(1_000_000));
    Reply long73 = app.client().login("user", "x".repeat(73));

    assertThat(json.status()).isEqualTo(422);
    assertThat(huge.status()).isEqualTo(413);
    assertThat(long73.status()).isEqualTo(401);
  }

  @Test
  void refusesNamesThatNobodyCanHave() {
    for (String name : List.of("a\0b", "user ", " user", "'; drop table user", "ü".repeat(900))) {
      assertThat(app.client().login(name, "user123").status()).as(name).isEqualTo(401);
    }
  }

  @Test
  void letsManyLogInAtOnce() throws InterruptedException, ExecutionException {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> replies = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        replies.add(pool.submit(() -> app.client().login("user", "user123").status()));
      }
      for (Future<Integer> reply : replies) {
        statuses.add(reply.get());
      }
    }

    assertThat(statuses).hasSize(40).containsOnly(200);
  }

  @Test
  void refusesALoginThatAnotherSitesFormSent() {
    Client client = app.client();
    client.headers.put("Sec-Fetch-Site", "cross-site");
    client.headers.put("Sec-Fetch-Mode", "navigate");

    Reply reply = client.login("user", "user123");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("cross_site_login");
    assertThat(reply.setCookies()).isEmpty();
  }

  @Test
  void logsInAgainWithAStaleCookie() {
    Client client = app.login("user", "user123");
    client.cookies.put("access_token", "stale");

    assertThat(client.login("user", "user123").status()).isEqualTo(200);
    assertThat(client.get("/auth/me").status()).isEqualTo(200);
  }

  @Test
  void endsTheSessionWhenItsTimeIsOver() {
    Client client = app.login("user", "user123");

    app.clock.advance(Duration.ofMinutes(59));
    assertThat(client.get("/auth/me").status()).isEqualTo(200);
    app.clock.advance(Duration.ofMinutes(1));
    Reply late = client.get("/auth/me");

    assertThat(late.status()).isEqualTo(401);
    assertThat(late.code()).isEqualTo("token_expired");
    assertThat(late.text("detail")).isEqualTo("The token has expired; log in again");
  }

  @Test
  void needsALogin() {
    Reply reply = app.client().get("/auth/me");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
  }

  @Test
  void tellsOfLoginsAndFailuresInTheJournal() {
    app.client().login("nobody", "typed-my-password-here");
    app.client().login("user", "wrong-one");
    app.login("user", "user123");

    assertThat(app.eventTypes())
        .containsExactly(
            "user_registered", "user_registered", "auth_failed", "auth_failed", "user_logged_in");
    assertThat(app.journalText())
        .contains("\"reason\":\"unknown_user\"", "\"login_method\":\"password\"")
        .doesNotContain("nobody", "typed-my-password-here", "wrong-one", "user123", "$2a$");
  }

  @Test
  void writesEventsAsDocumented() {
    OpenApiDocument api = OpenApiDocument.executions();
    Map<String, String> schemas =
        Map.of(
            "user_registered",
            "UserRegisteredEvent",
            "user_logged_in",
            "UserLoggedInEvent",
            "user_logged_out",
            "UserLoggedOutEvent",
            "user_updated",
            "UserUpdatedEvent",
            "auth_failed",
            "AuthFailedEvent");
    app.client().login("user", "wrong-one");
    app.login("user", "user123").post("/auth/logout", "");
    Client admin = app.login("admin", "admin123");
    admin.put("/admin/users/" + admin.get("/auth/me").text("user_id"), "{\"username\": \"root\"}");

    assertThat(app.eventTypes()).containsAll(schemas.keySet());
    for (EventJournal.Entry entry : app.journal().read(0, 1_000)) {
      String body = new String(entry.event().body(), StandardCharsets.UTF_8);
      String schema = schemas.getOrDefault(entry.event().type(), "");
      assertThat(api.schemaDifferences(schema, body)).as(body).isEmpty();
      assertThat(entry.event().topic()).isEqualTo("user");
    }
  }
}
