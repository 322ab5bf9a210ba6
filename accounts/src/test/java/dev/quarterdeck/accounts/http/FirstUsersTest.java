package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.accounts.Role;
import dev.quarterdeck.runtime.ProblemException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstUsersTest {
  @TempDir Path dataDir;
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.options().noSeeds().in(dataDir);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void restart(TestApp.Options options) {
    app.close();
    app = options.in(dataDir);
  }

  @Test
  void seedsNothingUnlessAllowed() {
    assertThat(app.client().login("user", "user123").status()).isEqualTo(401);
    assertThat(app.eventTypes()).containsOnly("auth_failed");
  }

  @Test
  void seedsOnce() {
    restart(TestApp.options());
    restart(TestApp.options());

    assertThat(app.login("user", "user123").get("/auth/me").text("role")).isEqualTo("user");
    assertThat(app.login("admin", "admin123").get("/auth/me").text("role")).isEqualTo("admin");
    assertThat(app.eventTypes()).filteredOn("user_registered"::equals).hasSize(2);
  }

  @Test
  void refusesThePublicPasswordsOfAStoreThatWasSeededBefore() {
    restart(TestApp.options());
    Client before = app.login("admin", "admin123");
    String secret =
        before.post("/auth/tokens", "{\"name\": \"ci\", \"scopes\": [\"admin\"]}").text("secret");
    restart(TestApp.options().noSeeds());

    Reply login = app.client().login("admin", "admin123");
    Client session = app.client();
    session.cookies.putAll(before.cookies);

    assertThat(login.status()).isEqualTo(401);
    assertThat(login.code()).isEqualTo("development_password");
    assertThat(login.text("detail"))
        .startsWith("This account still has the public password of development")
        .endsWith("quarterdeck admin create");
    assertThat(session.get("/auth/me").code()).isEqualTo("development_password");
    assertThat(app.client().bearer(secret).get("/auth/me").code())
        .isEqualTo("development_password");
  }

  @Test
  void letsASeededUserInEverywhereOnceItHasItsOwnPassword() {
    restart(TestApp.options());
    app.login("admin", "admin123")
        .post(
            "/auth/change-password",
            "{\"current_password\": \"admin123\", \"new_password\": \"my own password\"}");

    restart(TestApp.options().noSeeds());

    assertThat(app.login("admin", "my own password").get("/auth/me").status()).isEqualTo(200);
  }

  @Test
  void makesAnAdministratorFromTheCommandLine() {
    assertThat(app.slice.accounts().createAdmin("root", "root@example.com", "long enough").role())
        .isEqualTo(Role.ADMIN);

    assertThat(app.login("root", "long enough").get("/admin/users/").status()).isEqualTo(200);
    assertThatThrownBy(
            () -> app.slice.accounts().createAdmin("ROOT", "x@example.com", "long enough"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("username_taken: username: taken (expected: one that no other user has)");
    assertThatThrownBy(() -> app.slice.accounts().createAdmin("r", "x", "short"))
        .hasMessageContaining("username: r (expected: 2 to 64")
        .hasMessageContaining("email: x (expected:")
        .hasMessageContaining("password: 5 characters (expected: at least 8)");
  }

  @Test
  void hashesAnewWhenTheCostRose() {
    restart(TestApp.options().bcryptRounds(4));
    Client session = app.login("user", "user123");
    assertThat(app.storedText("user")).contains("$2a$04$");

    restart(TestApp.options().bcryptRounds(5));
    app.login("user", "user123");
    app.login("admin", "admin123");

    assertThat(app.storedText("user")).contains("$2a$05$").doesNotContain("$2a$04$");
    assertThat(app.login("user", "user123").get("/auth/me").status()).isEqualTo(200);
    Client old = app.client();
    old.cookies.putAll(session.cookies);
    assertThat(old.get("/auth/me").status()).isEqualTo(200);

    restart(TestApp.options().bcryptRounds(4));
    app.login("user", "user123");
    assertThat(app.storedText("user")).doesNotContain("$2a$04$");
  }
}
