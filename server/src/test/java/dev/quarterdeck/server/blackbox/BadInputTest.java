package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Requests that are wrong get an answer that says so, and leave nothing behind.
@Tag("slow")
class BadInputTest {
  private static final String EXECUTE = "/api/v1/execute";
  private static final String[] JSON = {"Content-Type", "application/json"};

  @TempDir(factory = Homes.class)
  static Path home;

  private static ServerProcess server;
  private static Client user;
  private static Client admin;
  private static String foreign;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(home);
    user = server.user();
    admin = server.admin();
    foreign = admin.execute("bash", "echo mine");
    admin.await(foreign);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(total(user)).as("executions of the user").isZero();
    assertThat(total(admin)).as("executions of the administrator").isEqualTo(1);
    JsonNode queue = admin.get("/api/v1/admin/executions/queue").expect(200).json();
    assertThat(queue.path("queue_depth").intValue()).isZero();
    assertThat(queue.path("active_count").intValue()).isZero();
  }

  private static int total(Client client) {
    return client.get("/api/v1/user/executions").expect(200).json().path("total").intValue();
  }

  private static Answer refused(Object body) {
    Answer answer = user.post(EXECUTE, body).expect(422);
    assertThat(answer.json().path("detail").size()).as(answer.text()).isPositive();
    return answer;
  }

  @Test
  void namesTheLanguagesThatItKnows() {
    assertThat(refused(Map.of("script", "x", "lang", "cobol")).text())
        .contains("cobol")
        .contains("python")
        .contains("bash")
        .contains("\"lang\"");
  }

  @Test
  void namesTheVersionsThatItKnows() {
    String known =
        user.get("/api/v1/k8s-limits")
            .json()
            .at("/supported_runtimes/python/versions/0")
            .asString();
    assertThat(refused(Map.of("script", "x", "lang", "python", "lang_version", "1.5")).text())
        .contains("1.5")
        .contains(known)
        .contains("\"lang_version\"");
  }

  @Test
  void boundsTheScript() {
    assertThat(refused(Map.of("lang", "bash", "script", "")).text()).contains("\"script\"");
    assertThat(refused(Map.of("lang", "bash", "script", "x".repeat(50_001))).text())
        .contains("\"script\"")
        .contains("50000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"script\": ",
        "{\"script\": \"x\"} and more",
        "[]",
        "null",
        "\"text\"",
        "{\"script\": 7}",
        "{\"script\": [\"x\"]}",
        "{\"script\": null}",
        "{\"script\": \"x\", \"lang\": {}}",
        "{\"script\": \"x\", \"lang_version\": 3.11}",
        "{\"script\": \"x\", \"args\": \"one\"}",
        "{\"script\": \"x\", \"args\": [1]}",
        "{\"script\": \"x\", \"stdin\": false}",
        "{\"script\": \"x\", \"priority\": \"urgent\"}",
        "{\"lang\": \"bash\"}"
      })
  void refusesWhatIsNoRequest(String body) {
    assertThat(user.send("POST", EXECUTE, body, JSON).expect(422).json().path("detail").size())
        .isPositive();
  }

  @Test
  void refusesABodyOverTheLimit() {
    String body = "{\"lang\": \"bash\", \"script\": \"" + "x".repeat(10_000_001) + "\"}";
    assertThat(user.send("POST", EXECUTE, body, JSON).expect(413).at("detail")).contains("10");
    assertThat(user.send("POST", EXECUTE, "", JSON).status()).isEqualTo(422);
  }

  @Test
  void keepsPrioritiesForAdministrators() {
    assertThat(refused(Map.of("lang", "bash", "script", "x", "priority", "critical")).text())
        .contains("dministrators");
  }

  @Test
  void wantsAToken() {
    Map<String, String> program = Map.of("lang", "bash", "script", "echo");
    for (Client nobody : List.of(server.client(), server.client().withToken("no.such.token"))) {
      nobody.post(EXECUTE, program).expect(401);
      nobody.get("/api/v1/executions/" + foreign + "/result").expect(401);
      nobody.get("/api/v1/user/executions").expect(401);
      nobody.get("/api/v1/events/executions/" + foreign).expect(401);
    }
    String forged = user.token().substring(0, user.token().length() - 4) + "AAAA";
    server.client().withToken(forged).post(EXECUTE, program).expect(401);
    assertThat(
            server
                .client()
                .send(
                    "POST",
                    "/api/v1/auth/login",
                    "username=user&password=wrong",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .expect(401)
                .text())
        .doesNotContain("wrong");
  }

  @Test
  void showsNobodyTheExecutionsOfOthers() {
    String execution = "/api/v1/executions/" + foreign;
    user.get(execution + "/result").expect(403);
    user.get(execution + "/events").expect(403);
    user.post(execution + "/cancel", Map.of("reason", "mine now")).expect(403);
    user.post(execution + "/retry", Map.of()).expect(403);
    user.send("DELETE", execution, "").expect(403);
    user.get("/api/v1/events/executions/" + foreign).expect(403);
    user.get("/api/v1/admin/executions/queue").expect(403);
    assertThat(admin.result(foreign).path("stdout").asString()).isEqualTo("mine\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01a1fc1b-0cd1-7830-b587-511ff231ec17", "none", "%00", "..%2f..%2fetc"})
  void knowsNoExecutionByAnotherId(String id) {
    String execution = "/api/v1/executions/" + id;
    for (Answer answer :
        List.of(
            user.get(execution + "/result"),
            user.get(execution + "/events"),
            user.post(execution + "/cancel", Map.of()),
            user.post(execution + "/retry", Map.of()),
            user.get("/api/v1/events/executions/" + id))) {
      assertThat(answer.status()).as("%s: %s", answer.request(), answer.text()).isIn(400, 404, 422);
    }
  }
}
