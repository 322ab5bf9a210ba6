package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.git.GitSource;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a snapshot costs, and what is answered while the source fails.
class SnapshotsTest {
  private static final Duration LATER = Duration.ofSeconds(31);

  @TempDir Path directory;

  private final TestClock clock = TestClock.atNoon();
  private GitFixture git;
  private HostSource host;
  private Production production;

  @BeforeEach
  void open() {
    git = Orgs.small(directory.resolve("org.git"));
    reopen(320);
  }

  private void reopen(int budget) {
    host = new HostSource(GitSource.open(git.directory()));
    production =
        Production.of(
            host,
            ComponentRegistry.builtIn(),
            ProductionOptions.defaults(directory.resolve("cache"))
                .withRequests(budget, Duration.ofSeconds(30)),
            clock);
  }

  @AfterEach
  void close() {
    production.close();
    git.close();
  }

  /// Whether everything is known, asked without causing any request but of refs.
  private Matrix settled() {
    production.state(Optional.empty(), List.of());
    Awaiting.until(
        "all authors known",
        () -> production.matrix(MatrixQuery.all()).snapshot().pendingAuthors() == 0);
    return production.matrix(MatrixQuery.all());
  }

  @Test
  void costsOneTreeAndOneComparisonForEachEnvironment() {
    settled();
    assertThat(host.requests()).filteredOn(each -> each.equals("refs")).hasSize(1);
    assertThat(host.requests()).filteredOn(each -> each.startsWith("tree ")).hasSize(1);
    assertThat(host.requests()).filteredOn(each -> each.startsWith("changes ")).hasSize(2);
    assertThat(production.lastRefreshRequests()).isEqualTo(host.requests().size());
  }

  @Test
  void givesTheSameAnswersAsTheClone() {
    Matrix host = settled();
    try (Production clone =
        Production.of(
            GitSource.open(git.directory()),
            ComponentRegistry.builtIn(),
            ProductionOptions.defaults(directory.resolve("other cache")),
            clock)) {
      assertThat(host.rows()).isEqualTo(clone.matrix(MatrixQuery.all()).rows());
    }
  }

  @Test
  void fiftyColdCallersCostTheRequestsOfOne()
      throws ExecutionException, IOException, InterruptedException, TimeoutException {
    settled();
    List<String> alone = host.requests();
    production.close();
    deleteCache();
    reopen(320);
    CountDownLatch open = new CountDownLatch(1);
    host.hold(open);
    List<Future<Matrix>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        answers.add(callers.submit(() -> production.matrix(MatrixQuery.all())));
      }
      Awaiting.until("somebody asked", () -> !host.requests().isEmpty());
      open.countDown();
      for (Future<Matrix> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).total()).isEqualTo(7);
      }
    }
    settled();
    assertThat(host.requests()).containsExactlyInAnyOrderElementsOf(alone);
  }

  private void deleteCache() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void asksNothingWithinTheTimeThatRefsHoldAndRefsAfterIt() {
    Matrix first = settled();
    host.forget();
    assertThat(production.matrix(MatrixQuery.all()).rows()).isEqualTo(first.rows());
    assertThat(host.requests()).isEmpty();
    clock.advance(LATER);
    Matrix second = production.matrix(MatrixQuery.all());
    assertThat(host.requests()).containsExactly("refs");
    assertThat(second.snapshot().etag()).isEqualTo(first.snapshot().etag());
    assertThat(second.snapshot().asOf()).isAfter(first.snapshot().asOf());
  }

  @Test
  void asksAgainAtOnceAfterAPush() {
    settled();
    host.forget();
    production.expire();
    assertThat(production.matrix(MatrixQuery.all()).snapshot().stale()).isFalse();
    assertThat(host.requests()).containsExactly("refs");
  }

  @Test
  void oneNewCommitCostsItsOwnDifferenceOnly() {
    Matrix before = settled();
    git.on("master").by("Nia New", "nia@example.org").put("classes/Fresh.cls", "x\n").commit("F");
    host.forget();
    clock.advance(LATER);
    Matrix after = settled();
    assertThat(host.requests()).hasSizeLessThanOrEqualTo(4);
    assertThat(host.requests()).noneMatch(each -> each.startsWith("tree "));
    assertThat(after.snapshot().etag()).isNotEqualTo(before.snapshot().etag());
    assertThat(ProductionTest.cells(after)).containsEntry("ApexClass.Fresh", "MISSING MISSING");
    assertThat(after.rows())
        .filteredOn(row -> row.component().name().equals("Fresh"))
        .extracting(row -> row.last().orElseThrow().author())
        .containsExactly("Nia New");
    assertSameAsCold(after);
  }

  @Test
  void oneNewCommitToWhatWasTheSameEverywhereCostsNoMore() {
    settled();
    git.on("master").put("objects/Account.object", "<CustomObject>1</CustomObject>\n").commit("O");
    host.forget();
    clock.advance(LATER);
    Matrix after = settled();
    assertThat(host.requests()).hasSizeLessThanOrEqualTo(4);
    assertThat(ProductionTest.cells(after))
        .containsEntry("CustomObject.Account", "DIFFERENT DIFFERENT");
    production.close();
    reopen(320);
    settled();
    assertThat(host.requests()).noneMatch(each -> each.matches("(tree|changes) .*"));
    clock.advance(Duration.ofMinutes(11));
    settled();
    Awaiting.until(
        "the environments' own commits are known",
        () ->
            production.matrix(MatrixQuery.all()).rows().stream()
                .filter(row -> row.component().name().equals("Account"))
                .allMatch(row -> row.cells().stream().allMatch(cell -> cell.last().isPresent())));
    assertSameAsCold(production.matrix(MatrixQuery.all()));
  }

  @Test
  void comparesAgainWhatBecameEqual() {
    settled();
    git.on("master").put("classes/Only.cls", "public class Only {}\n").commit("Take Only over");
    git.on("master").remove("classes/New.cls").commit("New is not needed");
    clock.advance(LATER);
    Matrix after = settled();
    assertThat(ProductionTest.cells(after)).containsEntry("ApexClass.Only", "MISSING SAME");
    assertThat(ProductionTest.cells(after)).containsEntry("ApexClass.New", "ONLY_HERE MISSING");
    assertSameAsCold(after);
  }

  private void assertSameAsCold(Matrix warm) {
    try (Production cold =
        Production.of(
            GitSource.open(git.directory()),
            ComponentRegistry.builtIn(),
            ProductionOptions.defaults(directory.resolve("cold cache")),
            clock)) {
      assertThat(warm.rows()).isEqualTo(cold.matrix(MatrixQuery.all()).rows());
    }
  }

  @Test
  void costsOnlyRefsAfterARestart() {
    Matrix before = settled();
    production.close();
    reopen(320);
    assertThat(settled().rows()).isEqualTo(before.rows());
    assertThat(host.requests()).containsExactly("refs");
  }

  @Test
  void fetchesAnewWhatIsDamagedOnDisk() throws IOException {
    Matrix before = settled();
    production.close();
    try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
      int at = 0;
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        switch (at++ % 3) {
          case 0 -> Files.write(file, new byte[0]);
          case 1 -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
          default -> {
            bytes[bytes.length - 5] ^= 1;
            Files.write(file, bytes);
          }
        }
      }
      assertThat(at).isGreaterThan(3);
    }
    reopen(320);
    assertThat(settled().rows()).isEqualTo(before.rows());
    production.close();
    reopen(320);
    assertThat(settled().rows()).isEqualTo(before.rows());
    assertThat(host.requests()).containsExactly("refs");
  }

  @Test
  void answersTheSnapshotBeforeWhileTheSourceFails() {
    Matrix before = settled();
    host.failWith(
        new SourceFault.RateLimited("429 of the host", Optional.of(Duration.ofMinutes(2))));
    host.forget();
    clock.advance(LATER);
    Matrix stale = production.matrix(MatrixQuery.all());
    assertThat(stale.snapshot().stale()).isTrue();
    assertThat(stale.snapshot().asOf()).isEqualTo(before.snapshot().asOf());
    assertThat(stale.snapshot().warnings()).contains("429 of the host");
    assertThat(stale.snapshot().etag()).isNotEqualTo(before.snapshot().etag());
    assertThat(stale.rows()).isEqualTo(before.rows());
    clock.advance(Duration.ofMinutes(1));
    production.matrix(MatrixQuery.all());
    assertThat(host.requests()).as("the host asked to wait").containsExactly("refs");
    host.fail(ignored -> false);
    clock.advance(Duration.ofMinutes(2));
    assertThat(production.matrix(MatrixQuery.all()).snapshot().stale()).isFalse();
  }

  @Test
  void failsWithTheReasonWhenThereIsNothingOlder() {
    host.failWith(new SourceFault.Unauthorized("401: BITBUCKET_TOKEN is refused"));
    assertThatThrownBy(() -> production.matrix(MatrixQuery.all()))
        .isInstanceOf(SourceException.class)
        .hasMessage("401: BITBUCKET_TOKEN is refused");
    host.fail(ignored -> false);
    assertThat(production.matrix(MatrixQuery.all()).total()).isEqualTo(7);
  }

  @Test
  void reportsAFailingEnvironmentBesideTheOthers() {
    String uat = git.head("uat");
    host.fail(what -> what.startsWith("changes ") && what.endsWith(uat));
    Matrix matrix = production.matrix(MatrixQuery.all());
    assertThat(matrix.snapshot().environments().get(1).error()).contains("the host is down");
    assertThat(ProductionTest.cells(matrix)).containsEntry("ApexClass.B", "DIFFERENT UNKNOWN");
    assertThat(matrix.facets().states().get("uat")).containsEntry(CellState.UNKNOWN, 6);
    host.fail(ignored -> false);
    clock.advance(LATER);
    Matrix healed = production.matrix(MatrixQuery.all());
    assertThat(healed.snapshot().environments().get(1).error()).isEmpty();
    assertThat(ProductionTest.cells(healed)).containsEntry("ApexClass.Only", "MISSING ONLY_HERE");
  }

  @Test
  void leavesAuthorsPendingPastTheBudgetAndFillsThemLater() {
    production.close();
    reopen(5);
    StateReport first =
        production.state(Optional.empty(), List.of(new ComponentQuery("CustomObject", "Account")));
    assertThat(production.lastRefreshRequests()).isEqualTo(5);
    host.forget();
    assertThat(first.rows().getFirst().exists()).isTrue();
    assertThat(first.rows().getFirst().pending()).isTrue();
    assertThat(first.snapshot().pendingAuthors()).isPositive();
    clock.advance(LATER);
    production.state(Optional.empty(), List.of());
    assertThat(host.requests()).as("in the pause").containsExactly("refs");
    for (int round = 0; round < 20; round++) {
      clock.advance(Duration.ofMinutes(21));
      production.state(Optional.empty(), List.of());
    }
    assertThat(settled().rows()).noneMatch(Matrix.Row::pending);
    assertSameAsCold(production.matrix(MatrixQuery.all()));
  }

  @Test
  void namesTheBranchThatIsNotThere() {
    try (Production other =
        Production.of(
            GitSource.open(git.directory()),
            ComponentRegistry.builtIn(),
            ProductionOptions.defaults(directory.resolve("c"))
                .withBranches(Optional.of("live"), List.of("uat", "nowhere", "dev*")),
            clock)) {
      assertThatThrownBy(other::info)
          .hasMessageContaining("live: no branch live in git")
          .hasMessageContaining("PRODUCTION_BRANCH");
    }
    try (Production other =
        Production.of(
            GitSource.open(git.directory()),
            ComponentRegistry.builtIn(),
            ProductionOptions.defaults(directory.resolve("c"))
                .withBranches(Optional.empty(), List.of("uat", "nowhere", "dev*")),
            clock)) {
      assertThat(other.info().environments())
          .extracting(SnapshotInfo.Environment::name)
          .containsExactly("uat", "nowhere", "dev1");
      assertThat(other.info().environments().get(1).error().orElseThrow())
          .startsWith("nowhere: no such branch");
    }
  }
}
