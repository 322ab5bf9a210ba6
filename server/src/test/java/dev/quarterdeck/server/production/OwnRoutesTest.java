package dev.quarterdeck.server.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Our own routes under `/api/v1/production`, over a clone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnRoutesTest {
  private static final String PATH = "/api/v1/production/";
  private GitFixture git;
  private TestServer server;
  private TestClient client;
  private OpenApiDocument document;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    git = Org.small(directory.resolve("org.git"));
    server = TestServer.start("BITBUCKET_BASE_URL=" + git.directory().toUri());
    client = server.client();
    document = OpenApiDocument.parse(client.get("/api/v1/openapi.json").expect(200).text());
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
    git.close();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    TestClient.Answer answer = client.get(PATH + path).expect(200);
    int query = path.indexOf('?');
    document.assertMatches(
        "GET", PATH + (query < 0 ? path : path.substring(0, query)), 200, answer.text());
    return answer.json();
  }

  @Test
  void showsTheMatrix() throws IOException, InterruptedException {
    JsonNode matrix = get("matrix");
    assertThat(matrix.path("environments").toString()).isEqualTo("[\"uat\"]");
    assertThat(matrix.path("total").asInt()).isEqualTo(4);
    assertThat(matrix.at("/snapshot/commit").asString()).isEqualTo(git.head("master"));
    assertThat(matrix.path("rows").findValuesAsString("state"))
        .containsExactly("DIFFERENT", "SAME", "ONLY_HERE", "MISSING");
    assertThat(get("matrix?status=missing").path("total").asInt()).isOne();
    assertThat(get("matrix?type=ApexClass&name=a*").path("total").asInt()).isOne();
    assertThat(get("matrix?limit=1&offset=1").at("/rows/0/component/name").asString())
        .isEqualTo("B");
    assertThat(get("matrix?at=uat").at("/snapshot/commit").asString()).isEqualTo(git.head("uat"));
    assertThat(get("matrix?explain=true").at("/explain/last_refresh_requests").isIntegralNumber())
        .isTrue();
  }

  @Test
  void tellsThatNothingChanged() throws IOException, InterruptedException {
    String tag = client.get(PATH + "matrix").expect(200).header("ETag");
    assertThat(tag).startsWith("W/\"");
    TestClient.Answer same =
        client.send(client.request(PATH + "matrix").header("If-None-Match", tag).GET());
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.text()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(tag);
    TestClient.Answer other =
        client.send(client.request(PATH + "matrix").header("If-None-Match", "\"x\"").GET());
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void exports() throws IOException, InterruptedException {
    TestClient.Answer csv = client.get(PATH + "matrix.csv").expect(200);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(csv.text().lines().toList()).hasSize(5);
    assertThat(csv.text()).startsWith("type,name,in_production,");
    String range = "?from=master&to=uat";
    TestClient.Answer deploy = client.get(PATH + "package.xml" + range).expect(200);
    assertThat(deploy.text())
        .contains("<members>A</members>", "<members>New</members>", "<version>62.0</version>");
    assertThat(client.get(PATH + "destructiveChanges.xml" + range).expect(200).text())
        .contains("<members>T</members>", "<name>ApexTrigger</name>");
    assertThat(get("delta" + range).path("present")).hasSize(2);
  }

  @Test
  void reports() throws IOException, InterruptedException {
    JsonNode history = get("history?name=ApexClass.A&branch=uat");
    assertThat(history.path("commits")).hasSize(2);
    JsonNode diff = get("diff?type=ApexClass&name=A&to=uat");
    assertThat(diff.at("/files/0/status").asString()).isEqualTo("MODIFIED");
    assertThat(diff.at("/files/0/lines/0/kind").asString()).isEqualTo("CHANGED");
    JsonNode deployments = get("deployments?environment=uat");
    assertThat(deployments.at("/entries/0/kind").asString()).isEqualTo("STORY_COMMIT");
    assertThat(deployments.at("/entries/0/stories/0").asString()).isEqualTo("US-0000300");
    JsonNode drift = get("drift?environment=uat");
    assertThat(drift.path("items")).hasSize(3);
    JsonNode overlap = get("overlap");
    assertThat(overlap.at("/items/0/component/name").asString()).isEqualTo("B");
    assertThat(overlap.at("/items/0/branches")).hasSize(2);
    assertThat(get("snapshot?explain=1").at("/explain/upstream/sent").asInt(-1)).isZero();
  }

  @Test
  void seesAPushAfterARefresh() throws IOException, InterruptedException {
    client.get(PATH + "snapshot").expect(200);
    String pushed = git.on("pushed").put("classes/P.cls", "class P {}\n").commit("pushed");
    client.post(PATH + "refresh", Map.of()).expect(204);
    assertThat(get("snapshot").toString()).contains(pushed);
    git.deleteBranch("pushed");
    client.post(PATH + "refresh", Map.of()).expect(204);
    assertThat(get("snapshot").toString()).doesNotContain(pushed);
  }

  @ParameterizedTest
  @CsvSource({
    "matrix?limit=0, 422", "matrix?limit=x, 422", "matrix?status=odd, 422",
    "matrix?since=yesterday, 422", "matrix?at=no-such-thing, 404", "matrix?explain=maybe, 422",
    "history, 422", "history?name=ApexClass.A&branch=absent, 404", "diff?name=ApexClass.A, 422",
    "deployments?kind=party, 422", "drift, 422", "drift?environment=absent, 404",
    "package.xml?api_version=latest, 400", "delta?from=absent, 404"
  })
  void refusesBadInput(String path, int status) throws IOException, InterruptedException {
    TestClient.Answer answer = client.get(PATH + path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().has("detail")).isTrue();
    assertThat(answer.json().path("code").asString()).isNotEmpty();
  }

  @Test
  void needsALoginInProductionAndTheScopeOfAToken() throws Exception {
    JsonNode token =
        server
            .user()
            .post(
                "/api/v1/auth/tokens",
                Map.of("name", "bookmarks only", "scopes", List.of("bookmarks:read")))
            .json();
    TestClient limited = server.client().withToken(token.path("secret").asString());
    assertThat(limited.get(PATH + "matrix").expect(403).text())
        .contains("expected: the scope production:read");
    Map<String, String> secret = Map.of("SECRET_KEY", "a production key of forty characters 1234");
    try (TestServer strict =
        TestServer.start(
            secret, "PROFILE=production", "BITBUCKET_BASE_URL=" + git.directory().toUri())) {
      TestClient nobody = strict.client();
      nobody.get(PATH + "matrix").expect(401);
      JsonNode refused =
          nobody.post("/api/production-state", Map.of("components", List.of())).expect(401).json();
      assertThat(refused.path("success").asBoolean(true)).isFalse();
      assertThat(refused.path("error").asString()).isNotEmpty();
    }
  }
}
