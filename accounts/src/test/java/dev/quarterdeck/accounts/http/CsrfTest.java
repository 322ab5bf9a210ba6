package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsrfTest {
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
  void refusesACookieWriteWithoutTheHeader() {
    Client client = app.login("user", "user123").withoutCsrf();

    Reply reply = client.post("/auth/logout", "");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("csrf");
    assertThat(reply.text("detail"))
        .isEqualTo(
            "X-CSRF-Token: missing (expected: the header X-CSRF-Token with the value of the"
                + " cookie csrf_token; both come with each login)");
    assertThat(client.get("/auth/me").status()).isEqualTo(200);
  }

  @Test
  void refusesAHeaderThatDiffersFromTheCookie() {
    Client client = app.login("user", "user123").withoutCsrf();
    client.headers.put("X-CSRF-Token", "other");

    Reply reply = client.post("/auth/logout", "");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("detail")).startsWith("X-CSRF-Token: differs from the cookie csrf_token");
  }

  @Test
  void refusesTheTokenOfAnotherSessionEvenOfTheSameUser() {
    Client client = app.login("user", "user123");
    client.cookies.put("csrf_token", app.login("user", "user123").cookies.get("csrf_token"));

    Reply reply = client.post("/auth/logout", "");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("detail")).startsWith("X-CSRF-Token: belongs to another session");
  }

  @Test
  void refusesATokenOnceTheCookieIsGone() {
    Client client = app.login("user", "user123").withoutCsrf();
    client.headers.put("X-CSRF-Token", client.cookies.remove("csrf_token"));

    assertThat(client.post("/auth/logout", "").status()).isEqualTo(403);
  }

  @Test
  void asksForItOnEveryMethodThatWrites() {
    Client client = app.login("admin", "admin123").withoutCsrf();

    assertThat(client.put("/admin/users/x", "{}").code()).isEqualTo("csrf");
    assertThat(client.delete("/auth/tokens/x").code()).isEqualTo("csrf");
    assertThat(client.get("/admin/users/").status()).isEqualTo(200);
  }

  @Test
  void needsNoneWithABearerToken() {
    String token = app.client().login("user", "user123").text("access_token");

    assertThat(app.client().bearer(token).post("/auth/logout", "").status()).isEqualTo(200);
  }
}
