package dev.quarterdeck.server.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The documented routes, with their exact shapes, over a clone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedRoutesTest {
  private static final Map<String, String> A = Map.of("type", "ApexClass", "name", "A");
  private GitFixture git;
  private TestServer server;
  private TestClient client;
  private OpenApiDocument document;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    git = Org.small(directory.resolve("the org.git"));
    server = TestServer.start("BITBUCKET_BASE_URL=" + git.directory().toUri());
    client = server.client();
    document = OpenApiDocument.parse(client.get("/api/v1/openapi.json").expect(200).text());
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
    git.close();
  }

  private JsonNode ask(String path, Object body) throws IOException, InterruptedException {
    TestClient.Answer answer = client.post(path, body).expect(200);
    document.assertMatches("POST", path, 200, answer.text());
    return answer.json();
  }

  @Test
  void tellsWhatIsInProduction() throws IOException, InterruptedException {
    JsonNode answer =
        ask(
            "/api/production-state",
            Map.of(
                "components",
                List.of(
                    A,
                    Map.of("component_name", "ApexTrigger.T"),
                    Map.of("type", "ApexClass", "name", "Nowhere"),
                    Map.of("type", "Nonsense", "name", "X"))));
    assertThat(answer.path("success").asBoolean()).isTrue();
    assertThat(answer.path("branch").asString()).isEqualTo("master");
    assertThat(answer.path("total_components").asInt()).isEqualTo(4);
    assertThat(answer.path("existing").asInt()).isEqualTo(2);
    assertThat(answer.path("missing").asInt()).isEqualTo(2);
    assertThat(answer.path("stale").asBoolean()).isFalse();
    JsonNode first = answer.at("/production_state/0");
    assertThat(first.path("component_name").asString()).isEqualTo("A");
    assertThat(first.path("component_type").asString()).isEqualTo("ApexClass");
    assertThat(first.path("exists_in_prod").asBoolean()).isTrue();
    assertThat(first.path("file_path").asString()).isEqualTo("classes/A.cls");
    assertThat(first.path("file_size").asInt()).isEqualTo("public class A {}\n".length());
    assertThat(first.path("last_author").asString()).isEqualTo("Ann Author");
    assertThat(first.path("last_commit_hash").asString()).isEqualTo(git.head("master"));
    assertThat(first.path("last_commit_message").asString()).startsWith("Copado Snapshot");
    assertThat(first.path("last_commit_date").asString()).matches("2024-.*Z");
    assertThat(answer.at("/production_state/1/exists_in_prod").asBoolean()).isTrue();
    assertThat(answer.at("/production_state/2/file_path").isNull()).isTrue();
    assertThat(answer.at("/production_state/3/exists_in_prod").asBoolean(true)).isFalse();
  }

  @Test
  void anEmptyListHasItsOwnRefusal() throws IOException, InterruptedException {
    for (Object body : List.of(Map.of("components", List.of()), Map.of("branch", "master"))) {
      JsonNode answer = client.post("/api/production-state", body).expect(400).json();
      assertThat(answer.toString())
          .isEqualTo(
              "{\"success\":false,\"error\":\"components: the list is empty (expected: at least"
                  + " one)\",\"branch\":\"master\",\"production_state\":[]}");
    }
  }

  @Test
  void comparesOrgs() throws IOException, InterruptedException {
    JsonNode answer =
        ask(
            "/api/compare-orgs",
            Map.of(
                "branchA",
                "uat",
                "include_diffs",
                true,
                "components",
                List.of(
                    "ApexClass.A",
                    "ApexClass.B",
                    "ApexClass.New",
                    "ApexTrigger.T",
                    "ApexClass.Nowhere",
                    "ApexClass.A")));
    assertThat(answer.path("orgA").toString()).isEqualTo("{\"name\":\"uat\",\"branch\":\"uat\"}");
    assertThat(answer.path("orgB").toString())
        .isEqualTo("{\"name\":\"prod\",\"branch\":\"master\"}");
    assertThat(answer.path("changes").findValuesAsString("status"))
        .containsExactly("DIFF", "SAME", "NEW_IN_A", "NEW_IN_B", "NOT_FOUND");
    assertThat(answer.at("/summary/total").asInt()).isEqualTo(5);
    assertThat(answer.at("/changes/0/diff").asString()).contains("+public class A { int a; }");
    assertThat(answer.at("/changes/0/commitA/hash").asString()).isEqualTo(git.head("uat"));
  }

  @Test
  void tellsTheHistoryOfComponents() throws IOException, InterruptedException {
    JsonNode answer =
        ask(
            "/api/component-history",
            Map.of("branchA", "uat", "limit", 3, "components", List.of(A)));
    assertThat(answer.path("limit").asInt()).isEqualTo(3);
    assertThat(answer.at("/history/0/orgA/commits")).hasSize(2);
    assertThat(answer.at("/history/0/orgB/commits")).hasSize(1);
    assertThat(answer.at("/history/0/orgA/commits/0/author").asString()).isEqualTo("Uwe User");
  }

  @Test
  void comparesLines() throws IOException, InterruptedException {
    Map<String, String> component =
        Map.of("component_name", "A", "component_type", "ApexClass", "branch2", "uat");
    JsonNode details = ask("/api/component-diff-details", component).path("diff_details");
    assertThat(details.path("branch1").asString()).isEqualTo("master");
    assertThat(details.at("/files/0/lines_added").asInt()).isOne();
    assertThat(details.at("/files/0/lines_removed").asInt()).isOne();
    JsonNode code =
        ask("/api/get-code-diff", Map.of("component_name", "ApexClass.A", "uat_branch", "uat"));
    assertThat(code.at("/data/files/0/diff").asString())
        .contains("-public class A {}", "+public class A { int a; }");
  }

  @Test
  void saysWhatADeploymentWouldDo() throws IOException, InterruptedException {
    JsonNode answer =
        ask(
            "/api/compare-deployment",
            Map.of(
                "uat_branch",
                "uat",
                "components",
                List.of(
                    "ApexClass.A",
                    "ApexClass.B",
                    "ApexClass.New",
                    "ApexTrigger.T",
                    "ApexClass.Nowhere")));
    assertThat(answer.path("comparison").findValuesAsString("status"))
        .containsExactly("MODIFIED", "IDENTICAL", "NEW", "REMOVED", "NOT_FOUND");
    assertThat(answer.at("/summary/total").asInt()).isEqualTo(5);
    assertThat(answer.at("/summary/not_found").asInt()).isOne();
    assertThat(answer.at("/comparison/2/in_uat").asBoolean()).isTrue();
    assertThat(answer.at("/comparison/2/in_production").asBoolean()).isFalse();
  }

  @Test
  void answersQuestionsAboutCommits() throws IOException, InterruptedException {
    String master = git.head("master");
    String uat = git.head("uat");
    JsonNode relation =
        ask("/api/check-commit-relationship", Map.of("commit1", master, "commit2", uat));
    assertThat(relation.path("is_ancestor").asBoolean()).isTrue();
    assertThat(relation.path("relationship").asString()).isEqualTo("INCLUDES");
    assertThat(relation.path("older_commit").asString()).isEqualTo(master);
    JsonNode verified =
        ask("/api/verify-commit", Map.of("commit_hash", uat.substring(0, 10))).path("data");
    assertThat(verified.path("exists").asBoolean()).isTrue();
    assertThat(verified.path("in_branch").asBoolean()).isFalse();
    assertThat(verified.path("commit_hash").asString()).isEqualTo(uat);
    JsonNode absent = ask("/api/verify-commit", Map.of("commit_hash", "0".repeat(40)));
    assertThat(absent.at("/data/exists").asBoolean()).isFalse();
    JsonNode changes = ask("/api/get-commit-changes", Map.of("commit_hash", uat));
    assertThat(changes.path("short_hash").asString()).isEqualTo(uat.substring(0, 7));
    assertThat(changes.path("total_files").asInt()).isEqualTo(3);
    assertThat(changes.path("summary").asString()).isEqualTo("+2 -2");
  }

  @Test
  void listsComponentTypes() throws IOException, InterruptedException {
    JsonNode all = client.get("/api/deployment/config/components").expect(200).json();
    assertThat(all.at("/types/ApexClass/kind").asString()).isEqualTo("single_file");
    JsonNode one = client.get("/api/deployment/config/components/ApexClass").expect(200).json();
    assertThat(one.at("/config/folders").toString()).contains("classes");
    JsonNode none = client.get("/api/deployment/config/components/Nonsense").expect(404).json();
    assertThat(none.path("success").asBoolean(true)).isFalse();
    assertThat(none.path("error").asString()).startsWith("Nonsense: no such component type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/production-state|{\"components\": \"A\"}|components: Input should be a valid list",
        "/api/production-state|{\"components\": [7]}|components[0]: expected: an object",
        "/api/production-state|{\"components\": [{}]}|components[0]: has no name",
        "/api/production-state|{\"components\": [{\"name\": {}}]}|components[0].name: expected: a"
            + " text",
        "/api/production-state|{\"branch\": 3, \"components\": [\"X.Y\"]}|branch: Input should be",
        "/api/production-state|[]|The body must be a JSON object",
        "/api/production-state|{|The body is not JSON",
        "/api/compare-orgs|{\"components\": [\"X.Y\"], \"limit\": \"many\"}|limit: Input should be",
        "/api/compare-orgs|{\"components\": [\"X.Y\"], \"include_diffs\": 1}|include_diffs: Input",
        "/api/component-history|{\"components\": [\"X.Y\"], \"limit\": 0}|limit: Input should be",
        "/api/component-diff-details|{}|component_name: Field required",
        "/api/get-code-diff|{\"component_name\": \"\"}|component_name: a text that is not empty",
        "/api/check-commit-relationship|{\"commit1\": \"abc\"}|commit2: Field required",
        "/api/verify-commit|{}|commit_hash: Field required",
        "/api/get-commit-changes|{\"commit_hash\": []}|commit_hash: Input should be a valid string"
      })
  void refusesBadInput(String path, String body, String message)
      throws IOException, InterruptedException {
    TestClient.Answer answer = client.postText(path, "application/json", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    assertThat(answer.json().path("error").asString()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/compare-orgs", "/api/component-history", "/api/compare-deployment"})
  void refusesEmptyLists(String path) throws IOException, InterruptedException {
    JsonNode answer = client.post(path, Map.of("components", List.of())).expect(400).json();
    assertThat(answer.toString())
        .isEqualTo(
            "{\"success\":false,\"error\":\"components: the list is empty (expected: at least"
                + " one)\"}");
  }

  @Test
  void refusesHugeListsUnknownBranchesAndOtherMethods() throws IOException, InterruptedException {
    Object huge = Map.of("components", Collections.nCopies(10_001, "ApexClass.A"));
    assertThat(client.post("/api/production-state", huge).expect(422).text())
        .contains("List should have at most 10000 items");
    Object most = Map.of("components", Collections.nCopies(10_000, "ApexClass.A"));
    client.post("/api/production-state", most).expect(200);
    TestClient.Answer unknown =
        client.post("/api/production-state", Map.of("branch", "no/such", "components", List.of(A)));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("error").asString()).contains("no/such");
    TestClient.Answer get = client.get("/api/production-state");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.json().path("success").asBoolean(true)).isFalse();
    for (String odd : List.of("..", "a..b", "-x", "refs/heads/master", "x".repeat(999), " ")) {
      int status =
          client
              .post("/api/production-state", Map.of("branch", odd, "components", List.of(A)))
              .status();
      assertThat(status).as(odd).isIn(400, 404);
    }
  }
}
