package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fakes.FakeDataCenter;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.server.cli.Outcome;
import dev.quarterdeck.server.production.Org;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Production state: how much is asked at once, whom, as whom, and about what.
class ProductionEffectsTest {
  private static final String SNAPSHOT = "/api/v1/production/snapshot";
  @TempDir private Path directory;
  private GitFixture git;
  private FakeCloud fake;

  @BeforeEach
  void serve() {
    git = Org.small(directory.resolve("org.git"));
    fake = FakeCloud.serve(git.directory());
  }

  @AfterEach
  void stop() {
    fake.close();
    git.close();
  }

  /// A server over the fake; later settings win.
  private TestServer start(String... more) throws Exception {
    return start(Map.of("BITBUCKET_TOKEN", FakeBitbucket.TOKEN), more);
  }

  private TestServer start(Map<String, String> environment, String... more) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("BITBUCKET_BASE_URL", fake.baseUrl().toString());
    settings.put("BITBUCKET_WORKSPACE", FakeCloud.WORKSPACE);
    settings.put("BITBUCKET_REPO", FakeCloud.REPOSITORY);
    settings.put("BITBUCKET_TIMEOUT", "60");
    for (String each : more) {
      int equals = each.indexOf('=');
      settings.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return TestServer.start(
        environment,
        settings.entrySet().stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(each -> each.getKey() + "=" + each.getValue())
            .toArray(String[]::new));
  }

  /// Asks for the history of twelve components, which takes a request each, of a slow Bitbucket.
  private void askForMuch(String... settings) throws Exception {

    List<String> names = new ArrayList<>();
    GitFixture.Edit edit = git.on("master");
    for (int i = 0; i < 12; i++) {
      edit.put("classes/Many" + i + ".cls", "class Many" + i + " {}\n");
      names.add("ApexClass.Many" + i);
    }
    edit.commit("many " + String.join(" ", settings));
    try (TestServer server = start(settings)) {
      TestClient client = server.client();
      client.get(SNAPSHOT).expect(200);
      fake.server().latency(Duration.ofMillis(150));
      fake.counters().reset();
      client
          .post(
              "/api/component-history",
              Map.of("branchA", "uat", "branchB", "master", "components", names))
          .expect(200);
      fake.server().heal();
    }
  }

  @Test
  @Observes("API_MAX_WORKERS")
  void componentsAreWorkedOnAtOnceAsWorkersAllow() throws Exception {
    askForMuch("API_MAX_WORKERS=2", "BITBUCKET_MAX_WORKERS=32");
    int two = fake.counters().maxInFlight();
    askForMuch("API_MAX_WORKERS=6", "BITBUCKET_MAX_WORKERS=32");
    int six = fake.counters().maxInFlight();
    assertThat(two).isLessThan(six);
  }

  @Test
  @Observes("BITBUCKET_MAX_WORKERS")
  void requestsAreInFlightAsWorkersAllow() throws Exception {
    askForMuch("API_MAX_WORKERS=32", "BITBUCKET_MAX_WORKERS=2");
    assertThat(fake.counters().maxInFlight()).isEqualTo(2);
    askForMuch("API_MAX_WORKERS=32", "BITBUCKET_MAX_WORKERS=5");
    assertThat(fake.counters().maxInFlight()).isEqualTo(5);
  }

  @Test
  @Observes("BITBUCKET_POOL_MAXSIZE")
  void connectionsAreOpenAsThePoolAllowsAndUsedAgain() throws Exception {
    askForMuch("API_MAX_WORKERS=32", "BITBUCKET_MAX_WORKERS=16", "BITBUCKET_POOL_MAXSIZE=2");
    assertThat(fake.counters().maxOpenConnections()).isEqualTo(2);
    assertThat(fake.counters().requests()).isGreaterThan(10);
    askForMuch("API_MAX_WORKERS=32", "BITBUCKET_MAX_WORKERS=16", "BITBUCKET_POOL_MAXSIZE=6");
    assertThat(fake.counters().maxOpenConnections()).isEqualTo(6);
  }

  @Test
  @Observes("BITBUCKET_TIMEOUT")
  void aSlowBitbucketIsGivenUpAtTheTimeout() throws Exception {
    fake.server().latency(Duration.ofMillis(700));
    try (TestServer server = start("BITBUCKET_TIMEOUT=0.1")) {
      assertThat(server.client().get(SNAPSHOT).expect(503).text())
          .contains("within 100 ms (BITBUCKET_TIMEOUT); try again later, or raise it");
    }
    try (TestServer server = start("BITBUCKET_TIMEOUT=60")) {
      server.client().get(SNAPSHOT).expect(200);
    }
  }

  @Test
  @Observes("BITBUCKET_BASE_URL")
  void theAddressChoosesTheSource() throws Exception {
    try (FakeDataCenter center = FakeDataCenter.serve(git.directory())) {
      assertThat(repository()).startsWith("bitbucket cloud acme/org");
      assertThat(
              repository(
                  "BITBUCKET_BASE_URL=" + center.baseUrl(),
                  "BITBUCKET_WORKSPACE=" + FakeDataCenter.PROJECT))
          .startsWith("bitbucket data center ACME/org");
      assertThat(repository("BITBUCKET_BASE_URL=" + git.directory().toUri())).startsWith("git ");
    }
  }

  private String repository(String... settings) throws Exception {
    try (TestServer server = start(settings)) {
      TestClient client = server.client();
      assertThat(
              client
                  .get("/api/health")
                  .expect(200)
                  .json()
                  .at("/checks/production/status")
                  .asString())
          .isEqualTo("ok");
      return client.get(SNAPSHOT).expect(200).json().at("/snapshot/repository").asString();
    }
  }

  @Test
  @Observes("BITBUCKET_TOKEN")
  void theTokenLetsInAndIsNeverShown() throws Exception {
    try (TestServer server = start()) {
      TestClient client = server.client();
      client.get(SNAPSHOT).expect(200);
      assertThat(client.get("/api/config").expect(200).text()).doesNotContain(FakeBitbucket.TOKEN);
    }
    String wrong = "wrong-token-0123456789";
    try (TestServer server = start(Map.of("BITBUCKET_TOKEN", wrong))) {
      TestClient.Answer refused = server.client().get(SNAPSHOT).expect(503);
      assertThat(refused.text()).contains("BITBUCKET_TOKEN: ").doesNotContain(wrong);
      assertThat(refused.json().path("code").asString()).isEqualTo("source_unauthorized");
    }
  }

  @Test
  @Observes("BITBUCKET_EMAIL")
  void withAnEmailTheTokenIsSentAsBasic() throws Exception {
    for (String email : List.of("", "user@example.org")) {
      fake.counters().reset();
      try (TestServer server = start("BITBUCKET_EMAIL=" + email)) {
        server.client().get(SNAPSHOT).expect(200);
      }
      assertThat(fake.counters().log().getFirst().header("authorization").orElse(""))
          .startsWith(email.isEmpty() ? "Bearer " : "Basic ");
    }
  }

  @Test
  @Observes({"BITBUCKET_WORKSPACE", "BITBUCKET_REPO"})
  void theRepositoryIsTheOneThatIsNamed() throws Exception {
    try (TestServer server = start("BITBUCKET_WORKSPACE=", "BITBUCKET_REPO=")) {
      TestClient client = server.client();
      assertThat(client.get(SNAPSHOT).expect(503).text())
          .contains(
              "workspace/repo not configured: BITBUCKET_WORKSPACE and BITBUCKET_REPO have no"
                  + " value");
      assertThat(
              client
                  .post("/api/production-state", Map.of("components", List.of("ApexClass.A")))
                  .expect(503)
                  .json()
                  .path("error")
                  .asString())
          .startsWith("workspace/repo not configured");
      assertThat(
              client
                  .get("/api/health")
                  .expect(200)
                  .json()
                  .at("/checks/production/status")
                  .asString())
          .isEqualTo("not_configured");
    }
    for (String other : List.of("BITBUCKET_WORKSPACE=elsewhere", "BITBUCKET_REPO=elsewhere")) {
      try (TestServer server = start(other)) {
        assertThat(server.client().get(SNAPSHOT).expect(404).text())
            .contains("check BITBUCKET_WORKSPACE and BITBUCKET_REPO");
      }
    }
  }

  @Test
  @Observes("PRODUCTION_BRANCH")
  void productionIsTheBranchThatIsNamed() throws Exception {
    for (String branch : List.of("master", "uat")) {
      String setting = "PRODUCTION_BRANCH=" + branch;
      boolean added = branch.equals("uat");
      try (TestServer server = start(setting)) {
        JsonNode answer = newClass(server.client());
        assertThat(answer.path("branch").asString()).isEqualTo(branch);
        assertThat(answer.at("/production_state/0/exists_in_prod").asBoolean()).isEqualTo(added);
        assertThat(environments(server.client())).containsExactly(added ? "master" : "uat");
      }
      assertThat(clone(setting))
          .contains(added ? "ApexClass,New," : "ApexTrigger,T,")
          .doesNotContain(added ? "ApexTrigger,T,yes" : "ApexClass,New,yes");
    }
    try (TestServer server = start("PRODUCTION_BRANCH=live")) {
      assertThat(server.client().get(SNAPSHOT).expect(404).text())
          .contains("live: no branch live in ", "PRODUCTION_BRANCH names production's branch");
    }
    assertThat(refused("PRODUCTION_BRANCH=rel*"))
        .contains("PRODUCTION_BRANCH", "rel*", "the name of one branch, without * and ?");
  }

  private static JsonNode newClass(TestClient client) throws IOException, InterruptedException {
    return client
        .post("/api/production-state", Map.of("components", List.of("ApexClass.New")))
        .expect(200)
        .json();
  }

  @Test
  @Observes("PRODUCTION_ENVIRONMENTS")
  void environmentsAreTheBranchesThatAreNamedInTheirOrder() throws Exception {
    Map<String, List<String>> shown =
        Map.of(
            "", List.of("uat"),
            "feature/*, uat", List.of("feature/US-0000400", "feature/US-0000500", "uat"),
            "uat,feature/US-000050?,uat", List.of("uat", "feature/US-0000500"),
            "nowhere", List.of("nowhere"));
    for (Map.Entry<String, List<String>> each : shown.entrySet()) {
      String setting = "PRODUCTION_ENVIRONMENTS=" + each.getKey();
      try (TestServer server = start(setting)) {
        assertThat(environments(server.client())).isEqualTo(each.getValue());
      }
      assertThat(clone(setting).lines().findFirst().orElse("")).contains(each.getValue());
    }
    assertThat(refused("PRODUCTION_ENVIRONMENTS=uat,,dev")).contains("PRODUCTION_ENVIRONMENTS");
  }

  private static List<String> environments(TestClient client)
      throws IOException, InterruptedException {
    return client.get(SNAPSHOT).expect(200).json().at("/snapshot/environments").values().stream()
        .map(each -> each.path("name").asString())
        .toList();
  }

  /// The state of everything, worked out from the clone on the command line.
  private String clone(String setting) {
    Outcome outcome =
        Outcome.of(
            "production", "state", "--csv", "--git", git.directory().toString(), "--set", setting);
    assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
    return outcome.text();
  }

  private String refused(String setting) {
    Outcome outcome =
        Outcome.of("production", "state", "--git", git.directory().toString(), "--set", setting);
    assertThat(outcome.exitCode()).isEqualTo(78);
    return outcome.stderr();
  }

  @Test
  @Observes("COMPONENT_TYPES_YAML")
  void theFileDefinesTypes() throws Exception {
    Path one = directory.resolve("one types.yaml");
    Files.writeString(
        one,
        """
        version: 1
        types:
          Readme: {domain: salesforce, kind: single_file, folders: [docs], exts: [.md]}
        """);
    assertThat(types("COMPONENT_TYPES_YAML=" + one)).contains("\"Readme\"", "\"ApexClass\"");
    assertThat(types("COMPONENT_TYPES_YAML=" + directory.resolve("absent.yaml")))
        .contains("\"ApexClass\"")
        .doesNotContain("\"Readme\"");
    Files.writeString(one, "version: 1\ntypes: [\n");
    assertThat(
            Outcome.of(
                "serve",
                "--set",
                "COMPONENT_TYPES_YAML=" + one,
                "--set",
                "DATA_DIR=" + directory.resolve("data"),
                "--set",
                "SERVER_PORT=0"))
        .satisfies(
            outcome -> {
              assertThat(outcome.exitCode()).isEqualTo(78);
              assertThat(outcome.stderr())
                  .contains("COMPONENT_TYPES_YAML: the file cannot be used:", "one types.yaml:");
            });
  }

  private String types(String setting) throws Exception {
    try (TestServer server = start(setting)) {
      return server.client().get("/api/deployment/config/components").expect(200).text();
    }
  }

  @Test
  @Observes("SELF_BASE_URL")
  void theCommandLineAsksTheServerThatIsNamed() throws Exception {
    try (GitFixture other = GitFixture.create(directory.resolve("other.git"))) {
      other.on("master").put("classes/Elsewhere.cls", "class Elsewhere {}\n").commit("one");
      try (TestServer first = start();
          TestServer second = start("BITBUCKET_BASE_URL=" + other.directory().toUri())) {
        assertThat(state(first)).contains("ApexTrigger").doesNotContain("Elsewhere");
        assertThat(state(second)).contains("Elsewhere").doesNotContain("ApexTrigger");
      }
    }
  }

  private static String state(TestServer server) {
    Outcome outcome =
        Outcome.of("production", "state", "--set", "SELF_BASE_URL=" + server.address());
    assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
    return outcome.text();
  }
}
