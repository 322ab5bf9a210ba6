package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationTest {
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
  void makesAUserWhoCanLogIn() {
    Reply made = app.client().register("Anna", "anna@example.com", "correct horse");

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("username")).isEqualTo("Anna");
    assertThat(made.text("role")).isEqualTo("user");
    assertThat(made.text("created_at")).isEqualTo("2026-01-15T12:00:00Z");
    assertThat(made.body()).doesNotContain("correct horse", "$2a$");
    assertThat(app.login("anna", "correct horse").get("/auth/me").text("user_id"))
        .isEqualTo(made.text("user_id"));
  }

  @Test
  void neverTakesTheRoleThatTheCallerChooses() {
    Reply made =
        app.client()
            .post(
                "/auth/register",
                """
                {"username": "eve", "email": "eve@example.com", "password": "long enough",
                 "role": "admin", "is_active": false, "is_superuser": true}
                """);

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("role")).isEqualTo("user");
    Client eve = app.login("eve", "long enough");
    assertThat(eve.get("/admin/users/").status()).isEqualTo(403);
  }

  @Test
  void refusesATakenNameOrAddressWhateverItsCase() {
    app.client().register("anna", "anna@example.com", "long enough");

    Reply name = app.client().register("ANNA", "other@example.com", "long enough");
    Reply address = app.client().register("berta", "Anna@Example.com", "long enough");

    assertThat(name.status()).isEqualTo(409);
    assertThat(name.code()).isEqualTo("username_taken");
    assertThat(name.text("detail"))
        .isEqualTo("username: taken (expected: one that no other user has)");
    assertThat(address.status()).isEqualTo(409);
    assertThat(address.code()).isEqualTo("email_taken");
  }

  @Test
  void takesPasswordsOf8CharactersTo72Bytes() {
    Reply tooShort = app.client().register("a1", "a1@example.com", "1234567");
    Reply shortest = app.client().register("a2", "a2@example.com", "12345678");
    String longest = "é".repeat(36);
    Reply fits = app.client().register("a3", "a3@example.com", longest);
    Reply tooLong = app.client().register("a4", "a4@example.com", longest + "x");

    assertThat(tooShort.status()).isEqualTo(422);
    assertThat(tooShort.json().at("/detail/0/msg").asString())
        .isEqualTo("password: 7 characters (expected: at least 8)");
    assertThat(tooShort.json().at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"password\"]");
    assertThat(shortest.status()).isEqualTo(200);
    assertThat(fits.status()).isEqualTo(200);
    assertThat(app.client().login("a3", longest).status()).isEqualTo(200);
    assertThat(app.client().login("a3", "é".repeat(35) + "e").status()).isEqualTo(401);
    assertThat(tooLong.status()).isEqualTo(422);
    assertThat(tooLong.json().at("/detail/0/msg").asString())
        .isEqualTo("password: 73 bytes in UTF-8 (expected: at most 72; bcrypt reads no more)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a@b",
        "@example.com",
        "a@",
        "a b@example.com",
        "a@exa mple.com",
        "a..b@example.com",
        ".a@example.com",
        "a@-example.com",
        "a@example..com",
        "a@b@example.com",
        ""
      })
  void refusesAnAddressThatIsNone(String address) {
    Reply reply = app.client().register("anna", address, "long enough");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/msg").asString())
        .startsWith("email: ")
        .endsWith("(expected: an address such as name@example.com)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "-anna", "an na", "änna", "a/../b", "<b>anna</b>"})
  void refusesANameAgainstTheRule(String name) {
    Reply reply = app.client().register(name, "anna@example.com", "long enough");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/loc/1").asString()).isEqualTo("username");
  }

  @Test
  void listsEveryBrokenRuleAtOnce() {
    Reply rules = app.client().register("!", "!", "!");
    Reply types =
        app.client().post("/auth/register", "{\"username\": 1, \"email\": [], \"password\": null}");
    Reply missing = app.client().post("/auth/register", "{}");

    assertThat(rules.status()).isEqualTo(422);
    assertThat(rules.json().get("detail")).hasSize(3);
    assertThat(types.status()).isEqualTo(422);
    assertThat(types.json().get("detail")).hasSize(3);
    assertThat(missing.json().at("/detail/2/type").asString()).isEqualTo("missing");
  }

  @Test
  void refusesWhatIsNoJsonObjectOrHuge() {
    assertThat(app.client().post("/auth/register", "[]").status()).isEqualTo(422);
    assertThat(app.client().post("/auth/register", "{").status()).isEqualTo(422);
    assertThat(app.client().register("anna", "anna@example.com", "x".repeat(1_000_000)).status())
        .isEqualTo(413);
    assertThat(app.eventTypes()).containsOnly("user_registered").hasSize(2);
  }

  @Test
  void letsExactlyOneOfManyAtOnceHaveAName() throws ExecutionException, InterruptedException {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String address = "anna" + i + "@example.com";
      calls.add(() -> app.client().register("anna", address, "long enough").status());
    }

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : pool.invokeAll(calls)) {
        statuses.add(status.get());
      }
    }

    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    assertThat(app.eventTypes()).filteredOn("user_registered"::equals).hasSize(3);
  }

  @Test
  void isOffWhenTheSettingSaysSo() {
    app.close();
    app = TestApp.options().noRegistration().in(dataDir);

    Reply reply = app.client().register("anna", "anna@example.com", "long enough");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("registration_disabled");
    assertThat(reply.text("detail"))
        .isEqualTo(
            "Registration is off (REGISTRATION_ENABLED=false); ask an administrator for an"
                + " account");
  }
}
