package dev.quarterdeck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// The server's own API document says what every route answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedAnswersTest {
  /// Answers without a body: a change of protocol, a thing that is gone or done.
  private static final Set<String> WITHOUT_BODY = Set.of("101", "204");

  private TestServer server;
  private JsonNode text;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start();
    text = server.client().get("/api/v1/openapi.json").expect(200).json();
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  @Test
  void describesTheBodyOfEveryAnswer() {
    List<String> silent = new ArrayList<>();
    int answers = 0;
    for (Map.Entry<String, JsonNode> path : text.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> answer :
            operation.getValue().path("responses").properties()) {
          answers++;
          boolean described = !answer.getValue().path("content").isEmpty();
          if (described == WITHOUT_BODY.contains(answer.getKey())) {
            silent.add(operation.getKey() + " " + path.getKey() + " " + answer.getKey());
          }
        }
      }
    }
    assertThat(answers).isGreaterThan(500);
    assertThat(silent).isEmpty();
  }

  @Test
  void answersAsItSays() throws IOException, InterruptedException {
    OpenApiDocument document = OpenApiDocument.parse(text.toString());
    TestClient user = server.user();
    String id = user.execute("bash", "echo hello");
    user.result(id);
    Map<String, TestClient> asked =
        Map.of(
            "/api/health", user,
            "/api/v1/health/live", user,
            "/api/v1/health/ready", user,
            "/api/v1/version", user,
            "/api/config", user,
            "/api/v2/runtimes", user,
            "/api/v2/packages", user,
            "/api/v1/dlq/messages", server.admin());
    for (Map.Entry<String, TestClient> each : asked.entrySet()) {
      String answer = each.getValue().get(each.getKey()).expect(200).text();
      document.assertMatches("GET", each.getKey(), 200, answer);
    }
    String events = "/api/v1/executions/" + id + "/events";
    document.assertMatches("GET", events, 200, user.get(events).expect(200).text());
  }
}
