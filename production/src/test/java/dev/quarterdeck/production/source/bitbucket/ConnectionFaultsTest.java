package dev.quarterdeck.production.source.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fakes.FakeDataCenter;
import dev.quarterdeck.production.fakes.Fault;
import dev.quarterdeck.production.fakes.Reply;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that break, hang, drip or lie, and answers that are not what they should be.
class ConnectionFaultsTest {
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
    fake.server().fail(times, request -> true, fault);
  }

  private SourceFault refsFault(Bench on, Call call) {
    return Bench.fault(() -> on.source().refs(call, RefScope.BRANCHES, null));
  }

  private void refsAreRead() {
    assertThat(bench.source().refs(Bench.call(), RefScope.BRANCHES, null).branch("master"))
        .contains(git.head("master"));
  }

  @Test
  void aResetConnectionIsTriedAgain() {
    fails(2, new Fault.Reset());
    refsAreRead();
    assertThat(fake.counters().requests()).isEqualTo(3);
  }

  @Test
  void resetsThatStayAreUnavailable() {
    fails(100, new Fault.Reset());
    SourceFault fault = refsFault(bench, Bench.call());
    assertThat(fault).isInstanceOf(SourceFault.Unavailable.class);
    assertThat(fault.detail()).contains("the connection broke during GET /2.0/repositories/acme");
    assertThat(fake.counters().requests()).isEqualTo(4);
  }

  @Test
  void anAnswerThatBreaksOffIsTriedAgain() {
    fails(1, new Fault.Broken(20));
    refsAreRead();
    assertThat(fake.counters().requests()).isEqualTo(2);
  }

  @Test
  void truncatedJsonIsMalformed() {
    fails(1, new Fault.Truncated(30));
    SourceFault fault = refsFault(bench, Bench.call());
    assertThat(fault).isInstanceOf(SourceFault.Malformed.class);
    assertThat(fault.detail())
        .contains("breaks off or is no JSON after 30 bytes (expected: a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "42",
        "null",
        "{}",
        "{\"values\":7}",
        "{\"values\":[{}]}",
        "{\"values\":[7]}",
        "{\"values\":[{\"name\":3,\"target\":{\"hash\":[]}}]}"
      })
  void anAnswerOfAnotherShapeIsMalformed(String body) {
    fails(1, new Fault.Instead(Reply.json(200, body)));
    assertThat(refsFault(bench, Bench.call())).isInstanceOf(SourceFault.Malformed.class);
  }

  @Test
  void aPageForPeopleIsMalformed() {
    fails(1, new Fault.Instead(Reply.of(200, "text/html", "<html>log in</html>")));
    assertThat(refsFault(bench, Bench.call()).detail())
        .contains("is text/html (expected: a JSON object");
  }

  @Test
  void aHostThatHangsIsGivenUpAtTheTimeoutAndTriedAgain() {
    try (Bench impatient = Bench.of(fake, Duration.ofMillis(100))) {
      fails(100, new Fault.Hang());
      SourceFault fault = refsFault(impatient, Bench.call());
      assertThat(fault).isInstanceOf(SourceFault.Timeout.class);
      assertThat(fault.detail())
          .contains("within 100 ms (BITBUCKET_TIMEOUT); try again later, or raise it");
      assertThat(impatient.meter().read().sent()).isEqualTo(4);
    }
  }

  @Test
  void aHostThatHangsIsLeftAtTheDeadlineOfTheCall() {
    fails(100, new Fault.Hang());
    SourceFault fault = refsFault(bench, Call.within(Duration.ofMillis(300), 100));
    assertThat(fault).isInstanceOf(SourceFault.Timeout.class);
  }

  @Test
  void aSlowDripEndsAtTheDeadlineOfTheCall() {
    fails(100, new Fault.Drip(1, Duration.ofMillis(50)));
    SourceFault fault = refsFault(bench, Call.within(Duration.ofSeconds(2), 100));
    assertThat(fault).isInstanceOf(SourceFault.Timeout.class);
    assertThat(fake.counters().requests()).isOne();
  }

  @Test
  void aSlowBodyWithinTheDeadlineIsReadHoweverShortTheTimeout() {
    try (Bench impatient = Bench.of(fake, Duration.ofSeconds(2))) {
      fails(1, new Fault.Drip(40, Duration.ofMillis(600)));
      assertThat(impatient.source().refs(Bench.call(), RefScope.BRANCHES, null).refs()).hasSize(1);
      assertThat(fake.counters().requests()).isOne();
    }
  }

  @Test
  void anInterruptedCallerIsFreedAndStaysInterrupted()
      throws ExecutionException, InterruptedException {
    fails(100, new Fault.Hang());
    CompletableFuture<SourceFault> seen = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  SourceFault fault = refsFault(bench, Bench.call());
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                  seen.complete(fault);
                });
    Awaiting.until("the request is sent", () -> fake.counters().requests() == 1);
    caller.interrupt();
    assertThat(result(seen)).isInstanceOf(SourceFault.Cancelled.class);
  }

  private static SourceFault result(CompletableFuture<SourceFault> seen)
      throws InterruptedException, ExecutionException {
    return seen.orTimeout(60, TimeUnit.SECONDS).get();
  }

  @Test
  void closingEndsWhatIsUnderWay() throws ExecutionException, InterruptedException {
    fails(100, new Fault.Hang());
    CompletableFuture<SourceFault> seen = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> seen.complete(refsFault(bench, Bench.call())));
    Awaiting.until("the request is sent", () -> fake.counters().requests() == 1);
    bench.close();
    assertThat(result(seen).detail()).isNotBlank();
  }

  @Test
  void aHostThatIsNotThereIsSaid() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/2.0");
    try (Bench lonely = Bench.with(fake, Bench.options(nobody, FakeBitbucket.TOKEN, fake))) {
      SourceFault fault = refsFault(lonely, Bench.call());
      assertThat(fault).isInstanceOf(SourceFault.Unavailable.class);
      assertThat(fault.detail())
          .startsWith("127.0.0.1:" + port + ": cannot be reached: ")
          .endsWith("check BITBUCKET_BASE_URL");
    }
  }

  @Test
  void whatSpeaksNoHttpIsMalformed() throws IOException {
    try (ServerSocket strange = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greet(strange));
      URI base = URI.create("http://127.0.0.1:" + strange.getLocalPort() + "/2.0");
      try (Bench lost = Bench.with(fake, Bench.options(base, FakeBitbucket.TOKEN, fake))) {
        assertThat(refsFault(lost, Bench.call()).detail()).contains("check BITBUCKET_BASE_URL");
      }
    }
  }

  private static void greet(ServerSocket strange) {
    byte[] greeting = "SSH-2.0-Strange_1\r\n\r\n".repeat(500).getBytes(StandardCharsets.US_ASCII);
    while (!strange.isClosed()) {
      try (Socket socket = strange.accept()) {
        socket.getOutputStream().write(greeting);
        socket.shutdownOutput();
        while (socket.getInputStream().read() >= 0) {
          // Waits until the client hangs up.
        }
      } catch (IOException gone) {
        // The client hung up, or the test is over.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hunter2@host/2.0",
        "ftp://host/2.0",
        "https:///2.0",
        "https://host/2.0?x=1",
        "https://host/2.0#x",
        "mailto:x@host",
        "relative/path"
      })
  void aBaseUrlThatCannotBeUsedIsRefusedWithoutBeingShown(String url) {
    BitbucketOptions options = Bench.options(URI.create(url), FakeBitbucket.TOKEN, fake);
    SourceFault fault = Bench.fault(() -> Bitbucket.open(options, new RequestMeter()));
    assertThat(fault).isInstanceOf(SourceFault.NotConfigured.class);
    assertThat(fault.detail())
        .startsWith("BITBUCKET_BASE_URL: it cannot be used (expected: https://api.bitbucket.org")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\r\nX-Evil: 1", "tökén", "a\n"})
  void aTokenThatCannotBeSentIsRefusedWithoutBeingShown(String token) {
    BitbucketOptions good = Bench.options(fake.baseUrl(), FakeBitbucket.TOKEN, fake);
    BitbucketOptions options =
        new BitbucketOptions(
            good.baseUrl(),
            good.workspace(),
            good.repo(),
            Optional.of(Secret.of(token)),
            Optional.empty(),
            8,
            32,
            good.timeout());
    SourceFault fault = Bench.fault(() -> Bitbucket.open(options, new RequestMeter()));
    assertThat(fault.detail())
        .isEqualTo(
            "BITBUCKET_TOKEN: it is empty or holds blanks or characters that no token has"
                + " (expected: printable ASCII without blanks)");
  }

  @Test
  void pagingThatNeverEndsIsMalformed() {
    fake.endlessPaging();
    SourceFault fault =
        Bench.fault(
            () -> bench.source().tree(Call.within(Duration.ofMinutes(2), 60), git.head("master")));
    assertThat(fault.passing()).isTrue();
    assertThat(fake.counters().requests()).isLessThanOrEqualTo(60);
  }

  @Test
  void aPageThatLeadsBackIsMalformed() {
    String here = fake.server().address() + "/2.0/repositories/acme/org/refs/branches?a=1";
    fails(100, new Fault.Instead(Reply.json(200, "{\"values\":[],\"next\":\"" + here + "\"}")));
    SourceFault fault = refsFault(bench, Bench.call());
    assertThat(fault).isInstanceOf(SourceFault.Malformed.class);
    assertThat(fault.detail()).contains("names a page as the next one that was read before");
    assertThat(fake.counters().requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example/x", "//evil.example/x", "/x", "", "http://127.0.0.1:1/x"})
  void aNextPageElsewhereIsNotFollowed(String next) {
    fails(1, new Fault.Instead(Reply.json(200, "{\"values\":[],\"next\":\"" + next + "\"}")));
    assertThat(refsFault(bench, Bench.call()).detail()).contains("leads to another host");
    assertThat(fake.counters().requests()).isOne();
  }

  @Test
  void pagesOfDataCenterThatDoNotGoOnAreMalformed() {
    try (FakeDataCenter center = FakeDataCenter.serve(git.directory());
        Bench on = Bench.of(center)) {
      center.endlessPaging();
      assertThat(refsFault(on, Bench.call()).detail())
          .contains("is not the last page and names no next one that goes on");
      assertThat(center.counters().requests()).isOne();
    }
  }

  @Test
  void changesThatDataCenterCutsAreTooLarge() {
    String one = git.head("master");
    for (int i = 0; i < 3; i++) {
      git.on("master").put("classes/C" + i + ".cls", "class C" + i + " {}\n").commit("add " + i);
    }
    try (FakeDataCenter center = FakeDataCenter.serve(git.directory());
        Bench on = Bench.of(center)) {
      center.maxChanges(3);
      assertThat(on.source().changes(Bench.call(), one, git.head("master")).files()).hasSize(3);
      center.maxChanges(2);
      SourceFault fault =
          Bench.fault(() -> on.source().changes(Bench.call(), one, git.head("master")));
      assertThat(fault).isInstanceOf(SourceFault.TooLarge.class);
      assertThat(fault.detail())
          .contains("/changes at 2 rows (page.max.changes)")
          .contains("use a Git clone");
    }
  }

  @Test
  void aListingTooLargeForCloudIsReadInParts() {
    for (int i = 0; i < 30; i++) {
      git.on("master").put("a/d" + i % 5 + "/e/f" + i + ".txt", "x" + i).commit("add " + i);
    }
    String head = git.head("master");
    int files = bench.source().tree(Bench.call(), head).files().size();
    assertThat(files).isEqualTo(31);
    fake.listingLimit(16);
    assertThat(bench.source().tree(Bench.call(), head).files()).hasSize(31);
    fake.listingLimit(1);
    SourceFault fault = Bench.fault(() -> bench.source().tree(Bench.call(), head));
    assertThat(fault).isInstanceOf(SourceFault.TooLarge.class);
    assertThat(fault.detail()).contains("answered 555").contains("use a Git clone");
  }

  @Test
  void aTreeOfManyLevelsIsListedWhole() {
    String deep = "d/".repeat(70) + "bottom.txt";
    git.on("master").put(deep, "deep").put("d/".repeat(40) + "middle.txt", "m").commit("deep");
    assertThat(bench.source().tree(Bench.call(), git.head("master")).files())
        .extracting(each -> each.path())
        .contains(deep);
  }
}
