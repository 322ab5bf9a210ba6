package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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

final class LockOutTest {
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

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      Reply reply = app.client().from(address).login(name, "wrong-one");
      assertThat(reply.status()).isEqualTo(401);
    }
  }

  private Reply right(String address) {
    return app.client().from(address).login("user", "user123");
  }

  @Test
  void locksTheNameForTheAddressAfterFiveFailures() {
    fail("user", "192.0.2.1", 5);

    Reply locked = right("192.0.2.1");

    assertThat(locked.status()).isEqualTo(423);
    assertThat(locked.code()).isEqualTo("account_locked");
    assertThat(locked.header("retry-after")).isEqualTo("900");
    assertThat(locked.text("detail"))
        .isEqualTo("Too many failed logins to this account from your address; try again in 900 s");
  }

  @Test
  void locksNobodyOutFromAnotherAddress() {
    fail("user", "192.0.2.1", 5);

    assertThat(right("192.0.2.2").status()).isEqualTo(200);
    assertThat(app.client().from("192.0.2.1").login("admin", "admin123").status()).isEqualTo(200);
  }

  @Test
  void opensAgainWhenTheTimeIsOver() {
    fail("user", "192.0.2.1", 5);

    app.clock.advance(Duration.ofMinutes(14));
    assertThat(right("192.0.2.1").header("retry-after")).isEqualTo("60");
    app.clock.advance(Duration.ofMinutes(1));

    assertThat(right("192.0.2.1").status()).isEqualTo(200);
  }

  @Test
  void forgetsFailuresAfterAGoodLoginAndAfterTheirTime() {
    fail("user", "192.0.2.1", 4);
    assertThat(right("192.0.2.1").status()).isEqualTo(200);
    fail("user", "192.0.2.1", 4);
    app.clock.advance(Duration.ofMinutes(15));
    fail("user", "192.0.2.1", 4);

    assertThat(right("192.0.2.1").status()).isEqualTo(200);
  }

  @Test
  void staysLockedAfterARestart() {
    fail("user", "192.0.2.1", 5);
    app.close();
    app = TestApp.in(dataDir);

    assertThat(right("192.0.2.1").status()).isEqualTo(423);
  }

  @Test
  void locksNamesThatDoNotExistTheSameWay() {
    fail("nobody", "192.0.2.1", 5);

    Reply locked = app.client().from("192.0.2.1").login("NOBODY", "wrong-one");

    assertThat(locked.status()).isEqualTo(423);
  }

  @Test
  void countsAnIpv6NetworkAsOneAddress() {
    for (int i = 1; i <= 5; i++) {
      fail("user", "2001:db8::" + i, 1);
    }

    assertThat(right("2001:db8::99").status()).isEqualTo(423);
    assertThat(right("2001:db8:0:1::1").status()).isEqualTo(200);
  }

  @Test
  void countsWrongPresentPasswordsToo() {
    Client thief = app.login("user", "user123");
    String body = "{\"current_password\": \"wrong-one\", \"new_password\": \"another password\"}";
    for (int i = 0; i < 5; i++) {
      assertThat(thief.post("/auth/change-password", body).status()).isEqualTo(401);
    }

    assertThat(thief.post("/auth/change-password", body).status()).isEqualTo(423);
  }

  @Test
  void givesAStormOfGuessesNoMoreTriesThanASlowGuesser()
      throws InterruptedException, ExecutionException {
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String guess = "wrong-" + i;
      guesses.add(() -> app.client().from("192.0.2.1").login("user", guess).status());
    }

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : pool.invokeAll(guesses)) {
        statuses.add(status.get());
      }
    }

    int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    assertThat(statuses).containsOnly(401, 423);
    assertThat(statuses).filteredOn(status -> status == 401).hasSizeBetween(5, 5 + parallel - 1);
  }

  @Test
  void throttlesAnAddressThatFailsWithManyNames() {
    for (int i = 0; i < 50; i++) {
      fail("name" + i, "192.0.2.1", 1);
    }

    Reply throttled = right("192.0.2.1");

    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.code()).isEqualTo("login_throttled");
    assertThat(throttled.header("retry-after")).isEqualTo("18");
    assertThat(right("192.0.2.2").status()).isEqualTo(200);
    app.clock.advance(Duration.ofSeconds(18));
    assertThat(right("192.0.2.1").status()).isEqualTo(200);
  }

  @Test
  void anAdministratorUnlocks() {
    fail("user", "192.0.2.1", 5);
    Client admin = app.login("admin", "admin123");
    String id = userId();

    Reply unlocked = admin.post("/admin/users/" + id + "/unlock", "");
    Reply again = admin.post("/admin/users/" + id + "/unlock", "");

    assertThat(unlocked.status()).isEqualTo(200);
    assertThat(unlocked.text("user_id")).isEqualTo(id);
    assertThat(unlocked.text("message")).isEqualTo("Account unlocked");
    assertThat(again.text("message")).isEqualTo("The account was not locked");
    assertThat(right("192.0.2.1").status()).isEqualTo(200);
  }

  private String userId() {
    return app.login("user", "user123").get("/auth/me").text("user_id");
  }
}
