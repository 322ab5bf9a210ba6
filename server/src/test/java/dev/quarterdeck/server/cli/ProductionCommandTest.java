package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.server.production.Org;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck production`, over a clone and over a server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionCommandTest {
  private GitFixture git;

  @BeforeAll
  void makeRepository(@TempDir Path directory) {
    git = Org.small(directory.resolve("the org.git"));
  }

  @AfterAll
  void close() {
    git.close();
  }

  private Outcome local(String... arguments) {
    List<String> all = new ArrayList<>(List.of("production"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--git", git.directory().toString()));
    return Outcome.of(all.toArray(String[]::new));
  }

  @Test
  void tellsTheStateOfNamedComponentsAsATable() {
    Outcome outcome = local("state", "ApexClass.A", "ApexClass.Nowhere");
    assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
    assertThat(outcome.text().lines().toList())
        .satisfiesExactly(
            heading ->
                assertThat(heading)
                    .matches("TYPE +NAME +IN PRODUCTION +COMMIT +DATE +AUTHOR +PATH"),
            a ->
                assertThat(a)
                    .matches("ApexClass +A +yes +[0-9a-f]{7} +2024\\S+ +Ann Author +classes/A.cls"),
            nowhere -> assertThat(nowhere).matches("ApexClass +Nowhere +no"));
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void tellsTheStateOfEverythingAsCsvAndJson() {
    Outcome csv = local("state", "--csv");
    assertThat(csv.text().lines().toList()).hasSize(5);
    assertThat(csv.text()).startsWith("type,name,in production,commit,date,author,uat\r\n");
    JsonNode json = JsonMapper.shared().readTree(local("state", "--json").text());
    assertThat(json.path("total").asInt()).isEqualTo(4);
    Outcome both = local("state", "--json", "--csv");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.stderr()).contains("--json and --csv: only one of them can be had");
  }

  @Test
  void endsWithOneWhenBranchesDiffer() {
    Outcome all = local("compare", "uat");
    assertThat(all.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(all.text()).contains("DIFFERENT", "ONLY_HERE", "MISSING").doesNotContain("SAME");
    assertThat(local("compare", "uat", "ApexClass.B").exitCode()).isZero();
    assertThat(local("compare", "uat", "ApexClass.A").text()).contains("DIFF");
    assertThat(local("drift", "uat").exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(local("compare", "uat", "--with", "master").stderr())
        .contains("--with: needs the names of components");
  }

  @Test
  void reports() {
    assertThat(local("history", "ApexClass.A", "--branch", "uat").text())
        .contains("US-0000300: more of A", "Copado Snapshot 2024-03-01");
    assertThat(local("deployments", "--environment", "uat").text())
        .contains("STORY_COMMIT", "US-0000300");
    assertThat(local("overlap").text()).contains("feature/US-0000400", "feature/US-0000500");
  }

  @Test
  void saysWhatCannotBeAnswered() {
    Outcome unknown = local("drift", "absent");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.stderr()).startsWith("quarterdeck: ").contains("absent");
    assertThat(local("history", "ApexClass.A", "--limit", "0").stderr())
        .contains("--limit: 0 (expected: 1 to 1000)");
    assertThat(local("history").exitCode()).isEqualTo(ExitCode.USAGE);
    Outcome nothing = Outcome.of("production", "state", "--git", "/no/such/clone");
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(nothing.stderr()).contains("/no/such/clone");
  }

  @Test
  void asksAServerAndSaysWhatItSaid() throws Exception {
    try (TestServer server = TestServer.start("BITBUCKET_BASE_URL=" + git.directory().toUri())) {
      String self = "SELF_BASE_URL=" + server.address();
      Outcome state = Outcome.of("production", "state", "ApexClass.A", "--set", self);
      assertThat(state.exitCode()).as(state.stderr()).isZero();
      assertThat(state.text()).contains("Ann Author");
      Outcome unknown = Outcome.of("production", "drift", "absent", "--set", self);
      assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(unknown.stderr()).contains("absent");
    }
    try (TestServer server = TestServer.start()) {
      Outcome outcome =
          Outcome.of("production", "state", "--set", "SELF_BASE_URL=" + server.address());
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(outcome.stderr()).contains("workspace/repo not configured");
    }
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    Outcome outcome =
        Outcome.of("production", "state", "--set", "SELF_BASE_URL=http://127.0.0.1:" + port);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(outcome.stderr())
        .contains("SELF_BASE_URL: http://127.0.0.1:" + port + " does not answer")
        .contains("--git PATH works without one");
    assertThat(Outcome.of("production", "state", "--set", "SELF_BASE_URL=ftp://x").exitCode())
        .isEqualTo(ExitCode.CONFIG);
  }
}
