package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevocationTest {
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
  void logoutEndsThisSessionAtOnceAndNoOther() {
    Client one = app.login("user", "user123");
    Client other = app.login("user", "user123");
    Map<String, String> kept = Map.copyOf(one.cookies);

    Reply logout = one.post("/auth/logout", "");

    assertThat(logout.status()).isEqualTo(200);
    assertThat(logout.text("message")).isEqualTo("Logout successful");
    assertThat(logout.setCookies()).hasSize(2).allMatch(cookie -> cookie.contains("Max-Age=0"));
    assertThat(one.cookies).isEmpty();
    one.cookies.putAll(kept);
    Reply late = one.get("/auth/me");
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.code()).isEqualTo("token_revoked");
    assertThat(other.get("/auth/me").status()).isEqualTo(200);
    assertThat(app.eventTypes()).endsWith("user_logged_out");
  }

  @Test
  void aLogoutSurvivesARestart() {
    Client client = app.login("user", "user123");
    Map<String, String> kept = Map.copyOf(client.cookies);
    client.post("/auth/logout", "");
    app.close();
    app = TestApp.in(dataDir);

    Client again = app.client();
    again.cookies.putAll(kept);

    assertThat(again.get("/auth/me").code()).isEqualTo("token_revoked");
  }

  @Test
  void forgetsARevocationOnceItsTokenHasExpired() {
    app.login("user", "user123").post("/auth/logout", "");
    app.client().login("user", "wrong-one");
    assertThat(app.storedText("revoked_session").lines()).hasSize(1);
    assertThat(app.storedText("login_failures").lines()).hasSize(1);

    app.clock.advance(Duration.ofHours(3));
    app.login("admin", "admin123").post("/auth/logout", "");

    assertThat(app.storedText("revoked_session").lines()).hasSize(1);
    assertThat(app.storedText("login_failures")).isEmpty();
  }

  @Test
  void anotherPasswordEndsAllSessionsAndApiTokens() {
    Client client = app.login("user", "user123");
    Client other = app.login("user", "user123");
    String secret =
        client
            .post("/auth/tokens", "{\"name\": \"ci\", \"scopes\": [\"executions:read\"]}")
            .text("secret");

    Reply changed = changePassword(client, "user123", "another password");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(client.cookies).isEmpty();
    assertThat(other.get("/auth/me").code()).isEqualTo("token_revoked");
    assertThat(app.client().bearer(secret).get("/auth/me").code()).isEqualTo("token_revoked");
    assertThat(app.client().login("user", "user123").status()).isEqualTo(401);
    Client fresh = app.login("user", "another password");
    assertThat(fresh.get("/auth/me").status()).isEqualTo(200);
    assertThat(fresh.get("/auth/tokens").json().at("/tokens/0/valid").booleanValue()).isFalse();
  }

  @Test
  void changesNoPasswordWithoutThePresentOne() {
    Client client = app.login("user", "user123");

    Reply wrong = changePassword(client, "user124", "another password");
    Reply tooShort = changePassword(client, "user123", "short");
    Reply missing = client.post("/auth/change-password", "{\"new_password\": \"long enough\"}");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(tooShort.status()).isEqualTo(422);
    assertThat(tooShort.json().at("/detail/0/msg").asString())
        .isEqualTo("new_password: 5 characters (expected: at least 8)");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(client.get("/auth/me").status()).isEqualTo(200);
  }

  @Test
  void refusesThePresentPasswordAsTheNewOne() {
    app.client().register("anna", "anna@example.com", "correct horse");
    Client anna = app.login("anna", "correct horse");

    Reply same = changePassword(anna, "correct horse", "correct horse");

    assertThat(same.status()).isEqualTo(422);
    assertThat(same.json().at("/detail/0/msg").asString())
        .isEqualTo("new_password: the present one (expected: another)");
  }

  @Test
  void anotherRoleOrStatusEndsAllSessionsAtOnce() {
    Client admin = app.login("admin", "admin123");
    Client user = app.login("user", "user123");
    String id = user.get("/auth/me").text("user_id");

    assertThat(admin.put("/admin/users/" + id, "{\"role\": \"admin\"}").text("role"))
        .isEqualTo("admin");
    assertThat(user.get("/auth/me").code()).isEqualTo("token_revoked");
    Client promoted = app.login("user", "user123");
    assertThat(promoted.get("/admin/users/").status()).isEqualTo(200);

    admin.put("/admin/users/" + id, "{\"role\": \"user\"}");
    assertThat(promoted.get("/admin/users/").code()).isEqualTo("token_revoked");

    Client last = app.login("user", "user123");
    admin.put("/admin/users/" + id, "{\"is_active\": false}");
    assertThat(last.get("/auth/me").code()).isEqualTo("account_disabled");
    Reply refused = app.client().login("user", "user123");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text("detail"))
        .isEqualTo("This account is disabled; ask an administrator to enable it");
    assertThat(app.client().login("user", "wrong-one").code()).isEqualTo("invalid_credentials");

    admin.put("/admin/users/" + id, "{\"is_active\": true}");
    assertThat(last.get("/auth/me").code()).isEqualTo("token_revoked");
    assertThat(app.client().login("user", "user123").status()).isEqualTo(200);
  }

  private static Reply changePassword(Client client, String current, String next) {
    return client.post(
        "/auth/change-password",
        "{\"current_password\": \"%s\", \"new_password\": \"%s\"}".formatted(current, next));
  }
}
