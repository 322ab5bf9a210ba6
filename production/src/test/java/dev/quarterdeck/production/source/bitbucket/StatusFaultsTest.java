package dev.quarterdeck.production.source.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fakes.Fault;
import dev.quarterdeck.production.fakes.Reply;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.SourceFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statuses that are no answer: what is tried again, what is not, and what the message says.
class StatusFaultsTest {
  @TempDir Path directory;
  private GitFixture git;
  private FakeCloud fake;
  private Bench bench;

  @BeforeEach
  void start() {
    git = GitFixture.create(directory.resolve("org.git"));
    git.on("master").put("classes/A.cls", "class A {}\n").commit("one");
    fake = FakeCloud.serve(git.directory());
    bench = Bench.of(fake);
  }

  @AfterEach
  void stop() {
    bench.close();
    fake.close();
    git.close();
  }

  private void fails(int times, Fault fault) {
    bench.server().fail(times, request -> true, fault);
  }

  private SourceFault refsFault() {
    return Bench.fault(() -> bench.source().refs(Bench.call(), RefScope.BRANCHES, null));
  }

  private void refsAreRead() {
    assertThat(bench.source().refs(Bench.call(), RefScope.BRANCHES, null).branch("master"))
        .contains(git.head("master"));
  }

  private int asked() {
    return fake.counters().requests();
  }

  @Test
  void aWrongTokenIsNotTriedAgainAndTheMessageNamesTheSetting() {
    try (Bench wrong =
        Bench.with(fake, Bench.options(fake.baseUrl(), "wrong-token-0123456789", fake))) {
      SourceFault fault =
          Bench.fault(() -> wrong.source().refs(Bench.call(), RefScope.BRANCHES, null));
      assertThat(fault).isInstanceOf(SourceFault.Unauthorized.class);
      assertThat(fault.detail())
          .startsWith("BITBUCKET_TOKEN: " + fake.baseUrl().getAuthority() + " refused it with 401")
          .contains("Token is invalid, expired")
          .contains("(expected: a token that is valid now and may read the repository;")
          .doesNotContain("wrong-token");
      assertThat(asked()).isOne();
    }
  }

  @Test
  void aMissingTokenIsSaidToBeMissing() {
    try (Bench without = Bench.with(fake, Bench.options(fake.baseUrl(), "", fake))) {
      SourceFault fault =
          Bench.fault(() -> without.source().refs(Bench.call(), RefScope.BRANCHES, null));
      assertThat(fault).isInstanceOf(SourceFault.Unauthorized.class);
      assertThat(fault.detail()).startsWith("BITBUCKET_TOKEN: not set, and ");
      assertThat(asked()).isOne();
    }
  }

  @Test
  void aTokenThatTheHostEchoesIsTakenOutOfTheMessage() {
    fails(1, Fault.status(403, "no access for " + FakeBitbucket.TOKEN));
    SourceFault fault = refsFault();
    assertThat(fault).isInstanceOf(SourceFault.Forbidden.class);
    assertThat(fault.detail())
        .contains("answered 403 to GET /2.0/repositories/acme/org/refs/branches")
        .contains("no access for <secret>")
        .contains("give the owner of BITBUCKET_TOKEN read access");
    assertThat(asked()).isOne();
    assertThat(bench.pauses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 409, 410, 418, 451, 402})
  void otherRefusalsAreNotTriedAgain(int status) {
    fails(1, Fault.status(status, "{\"type\":\"error\",\"error\":{\"message\":\"told so\"}}"));
    SourceFault fault = refsFault();
    assertThat(fault.passing()).isFalse();
    assertThat(fault.detail()).contains("answered " + status + " to GET ").contains("told so");
    assertThat(asked()).isOne();
  }

  @Test
  void aMissingRepositoryNamesItsSettings() {
    BitbucketOptions options = Bench.options(fake.baseUrl(), FakeBitbucket.TOKEN, fake);
    BitbucketOptions other =
        new BitbucketOptions(
            options.baseUrl(),
            "acme",
            "absent",
            options.token(),
            Optional.empty(),
            8,
            32,
            options.timeout());
    try (Bench elsewhere = Bench.with(fake, other)) {
      SourceFault fault = Bench.fault(() -> elsewhere.source().commit(Bench.call(), "master"));
      assertThat(fault).isInstanceOf(SourceFault.NotFound.class);
      assertThat(fault.detail())
          .contains("Repository not found")
          .contains("check BITBUCKET_WORKSPACE and BITBUCKET_REPO");
      assertThat(asked()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void faultsOfTheHostAreTriedAgainWithGrowingPauses(int status) {
    fails(2, Fault.status(status, "<html>down</html>"));
    refsAreRead();
    assertThat(asked()).isEqualTo(3);
    assertThat(bench.pauses()).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void faultsThatStayEndAfterFourAttempts(int status) {
    fails(100, Fault.status(status, ""));
    SourceFault fault = refsFault();
    assertThat(fault).isInstanceOf(SourceFault.Unavailable.class);
    assertThat(fault.detail()).contains("answered " + status + " to GET ").contains("try again");
    assertThat(asked()).isEqualTo(4);
    assertThat(bench.meter().read().retries()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {555, 599, 505, 520})
  void aServerErrorThatNobodyKnowsIsNotTriedAgain(int status) {
    fails(1, Fault.status(status, "strange"));
    SourceFault fault = refsFault();
    assertThat(fault.detail()).contains("answered " + status).contains("strange");
    assertThat(asked()).isOne();
  }

  @Test
  void tooManyRequestsWaitsAsLongAsTheHostSays() {
    fails(1, Fault.tooMany("7"));
    refsAreRead();
    assertThat(bench.pauses()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void tooManyRequestsWaitsUntilTheHostsDate() {
    ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90);
    fails(1, Fault.tooMany(DateTimeFormatter.RFC_1123_DATE_TIME.format(date)));
    refsAreRead();
    assertThat(bench.pauses()).hasSize(1);
    assertThat(bench.pauses().getFirst()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(90));
  }

  @Test
  void tooManyRequestsWithoutAWaitIsTextAndPausesAsUsual() {
    fails(1, Fault.tooMany());
    refsAreRead();
    assertThat(bench.pauses()).containsExactly(Duration.ofMillis(200));
  }

  @Test
  void anUnreadableWaitIsNoWait() {
    fails(1, Fault.tooMany("soon"));
    refsAreRead();
    assertThat(bench.pauses()).containsExactly(Duration.ofMillis(200));
  }

  @Test
  void aWaitLongerThanTheCallIsNotWaitedFor() {
    fails(1, Fault.tooMany("3600"));
    SourceFault fault = refsFault();
    assertThat(fault)
        .isInstanceOfSatisfying(
            SourceFault.RateLimited.class,
            limited -> assertThat(limited.retryAfter()).contains(Duration.ofHours(1)));
    assertThat(fault.detail())
        .contains("answered 429")
        .contains("Rate limit for this resource has been exceeded")
        .contains("it asks to wait 3600 s");
    assertThat(asked()).isOne();
    assertThat(bench.pauses()).isEmpty();
  }

  @Test
  void aRetryIsNotSentPastTheBudget() {
    fails(100, Fault.status(503, ""));
    Call few = Call.within(Duration.ofMinutes(2), 2);
    SourceFault fault = Bench.fault(() -> bench.source().refs(few, RefScope.BRANCHES, null));
    assertThat(fault).isInstanceOf(SourceFault.OverBudget.class);
    assertThat(fault.detail()).isEqualTo("requests: 2 used (expected: at most 2 in one call)");
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void aRedirectOnTheSameHostIsFollowed() {
    String there = "/2.0/repositories/acme/org/refs/branches?pagelen=50";
    fails(1, new Fault.Instead(Reply.text(302, "").with("Location", there)));
    refsAreRead();
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void aRedirectToAnotherHostIsNotFollowed() {
    try (FakeCloud other = FakeCloud.serve(git.directory())) {
      fails(1, new Fault.Instead(Reply.text(301, "").with("Location", other.baseUrl() + "/x")));
      SourceFault fault = refsFault();
      assertThat(fault.detail())
          .contains("answered 301")
          .contains("where the token must not go")
          .contains("check BITBUCKET_BASE_URL");
      assertThat(other.counters().requests()).isZero();
      assertThat(asked()).isOne();
    }
  }

  @Test
  void redirectsInACircleEnd() {
    String there = "/2.0/repositories/acme/org/refs/branches?pagelen=50";
    fails(100, new Fault.Instead(Reply.text(302, "").with("Location", there)));
    assertThat(refsFault().detail()).contains("is a redirect for the 6th time");
    assertThat(asked()).isEqualTo(6);
  }
}
