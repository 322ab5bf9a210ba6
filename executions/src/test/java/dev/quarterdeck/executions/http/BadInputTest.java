package dev.quarterdeck.executions.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.FakeSandbox;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.http.Api.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  private static final String EXECUTE = "/api/v1/execute";

  @TempDir Path directory;
  private final FakeSandbox sandbox =
      new FakeSandbox().program("x", process -> FakeSandbox.ended(Verdict.COMPLETED, 0));

  private static String message(Answer answer) {
    return answer.json().at("/detail/0/msg").asString();
  }

  private static String place(Answer answer) {
    return answer.json().at("/detail/0/loc").toString();
  }

  private void refused(Api api, String body, String place, String message) {
    Answer answer = api.post("anna", EXECUTE, body);
    assertThat(answer.status()).as(body).isEqualTo(422);
    assertThat(place(answer)).isEqualTo(place);
    assertThat(message(answer)).contains(message);
  }

  @Test
  void refusesEveryBadRequestClearlyAndStoresNothing() {
    try (Api api = new Api(directory, sandbox)) {
      refused(
          api,
          "{\"script\": \"x\", \"lang\": \"cobol\"}",
          "[\"body\",\"lang\"]",
          "cobol: no such language (expected one of: python, bash)");
      refused(
          api,
          "{\"script\": \"x\", \"lang\": \"ruby\"}",
          "[\"body\",\"lang\"]",
          "ruby: cannot run here, ruby is not installed (expected one of: python, bash)");
      refused(
          api,
          "{\"script\": \"x\", \"lang_version\": \"2.7\"}",
          "[\"body\",\"lang_version\"]",
          "2.7: no such version of python here (expected one of: 3.11, 3.12;");
      refused(api, "{\"script\": \"\"}", "[\"body\",\"script\"]", "at least 1");
      refused(api, "{}", "[\"body\",\"script\"]", "required");
      refused(
          api,
          "{\"script\": \"" + "x".repeat(50_001) + "\"}",
          "[\"body\",\"script\"]",
          "at most 50000");
      refused(api, "{\"script\": 7}", "[\"body\",\"script\"]", "string");
      refused(api, "{\"script\": null}", "[\"body\",\"script\"]", "string");
      refused(api, "{\"script\": \"x\", \"lang\": []}", "[\"body\",\"lang\"]", "string");
      refused(api, "{\"script\": \"x\", \"args\": \"a\"}", "[\"body\",\"args\"]", "list");
      refused(api, "{\"script\": \"\\ud800\"}", "[\"body\",\"script\"]", "surrogate");
      refused(
          api,
          "{\"script\": \"x\", \"priority\": \"high\"}",
          "[\"body\",\"priority\"]",
          "Only administrators");
      for (String malformed : new String[] {"{", "[]", "\"x\"", "{\"script\": \"x\"} {", "nul"}) {
        assertThat(api.post("anna", EXECUTE, malformed).status()).as(malformed).isEqualTo(422);
      }
      assertThat(api.post("anna", EXECUTE, "").status()).isEqualTo(422);
      assertThat(api.get("anna", "/api/v1/user/executions").json().path("total").intValue())
          .isZero();
      assertThat(api.fixture.executions.health().queueDepth()).isZero();
      assertThat(sandbox.started()).isZero();
    }
  }

  @Test
  void namesEveryViolationAtOnce() {
    try (Api api = new Api(directory, sandbox)) {
      Answer answer =
          api.post("anna", EXECUTE, "{\"lang\": \"cobol\", \"stdin\": 1, \"args\": [2]}");

      assertThat(answer.json().path("detail").size()).isEqualTo(4);
    }
  }

  @Test
  void acceptsThe50000thCharacterWhateverItsBytes() {
    String longest = "✓".repeat(50_000);
    sandbox.program(longest, process -> FakeSandbox.ended(Verdict.COMPLETED, 0));
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit(longest);

      assertThat(api.fixture.outcome(api.fixture.executions.get(id)).verdict())
          .isEqualTo(Verdict.COMPLETED);
    }
  }

  @Test
  void refusesStrangersAndTokensThatMayNot() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("x");
      for (String route : new String[] {"/result", "/events", ""}) {
        String path = "/api/v1/executions/" + id + route;
        assertThat(api.get("", path).status()).as(path).isEqualTo(401);
        assertThat(api.get("bert", path).status()).as(path).isEqualTo(403);
        assertThat(api.get("root", path).status()).as(path).isEqualTo(200);
        assertThat(api.get("reader", path).status()).as(path).isEqualTo(200);
      }
      for (String route : new String[] {"/cancel", "/retry"}) {
        String path = "/api/v1/executions/" + id + route;
        assertThat(api.post("", path, "{}").status()).as(path).isEqualTo(401);
        assertThat(api.post("bert", path, "{}").status()).as(path).isEqualTo(403);
        assertThat(api.post("reader", path, "{}").status()).as(path).isEqualTo(403);
      }
      assertThat(api.get("bert", "/api/v1/events/executions/" + id).status()).isEqualTo(403);
      assertThat(api.post("reader", EXECUTE, "{\"script\": \"x\"}").at("detail"))
          .isEqualTo("the token does not allow this (expected: the scope executions:write)");
      assertThat(api.post("wrong", EXECUTE, "{\"script\": \"x\"}").status()).isEqualTo(401);
    }
  }

  @Test
  void answers404ForWhatDoesNotExist() {
    try (Api api = new Api(directory, sandbox)) {
      assertThat(api.get("anna", "/api/v1/executions/none/result").at("detail"))
          .isEqualTo("execution none: there is none with this id");
      assertThat(api.post("anna", "/api/v1/executions/none/cancel", "{}").status()).isEqualTo(404);
      assertThat(api.delete("root", "/api/v1/executions/none").status()).isEqualTo(404);
      assertThat(api.get("anna", "/api/v1/events/executions/none").status()).isEqualTo(404);
    }
  }

  @Test
  void refusesFiltersAndTokensOfStreamsThatAreNone() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("x");
      for (String query :
          new String[] {
            "limit=0",
            "limit=201",
            "limit=x",
            "skip=-1",
            "status=done",
            "start_time=yesterday",
            "start_time=-999999999-01-01T00:00:00Z",
            "end_time=%2B999999999-12-31T23:59:59Z"
          }) {
        assertThat(api.get("anna", "/api/v1/user/executions?" + query).status())
            .as(query)
            .isEqualTo(422);
      }
      assertThat(api.get("anna", "/api/v1/events/executions/" + id + "?last_event_id=x").status())
          .isEqualTo(422);
    }
  }
}
