package dev.quarterdeck.executions.http;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.ExecutionStatus;
import dev.quarterdeck.executions.FakeSandbox;
import dev.quarterdeck.executions.Fixture;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.http.Api.Answer;
import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionApiTest {
  @TempDir Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final FakeSandbox sandbox =
      new FakeSandbox()
          .program(
              "greet",
              process -> {
                process.out("héllo ✓\n");
                process.write(true, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
                return ended(Verdict.COMPLETED, 0);
              })
          .program("wait", process -> process.until(gate));

  private static String execution(String id, String rest) {
    return "/api/v1/executions/" + id + rest;
  }

  private void end(Api api, String id) {
    api.fixture.finished(api.fixture.executions.get(id));
  }

  @Test
  void acceptsRunsAndShowsTheExactResult() {
    try (Api api = new Api(directory, sandbox)) {
      Answer accepted = api.post("anna", "/api/v1/execute", "{\"script\": \"greet\"}");
      assertThat(accepted.status()).isEqualTo(200);
      assertThat(accepted.at("status")).isEqualTo("queued");
      String id = accepted.at("execution_id");
      end(api, id);

      Answer result = api.get("anna", execution(id, "/result"));
      assertThat(result.at("status")).isEqualTo("completed");
      assertThat(result.at("stdout")).isEqualTo("héllo ✓\n");
      assertThat(result.json().has("stdout_base64")).isFalse();
      assertThat(result.at("stderr")).isEqualTo("\uFFFD\uFFFD\0");
      assertThat(result.at("stderr_base64")).isEqualTo("//4A");
      assertThat(result.at("lang")).isEqualTo("python");
      assertThat(result.at("lang_version")).isEqualTo("3.11");
      assertThat(result.at("verdict")).isEqualTo("completed");
      assertThat(result.at("sandbox_level")).isEqualTo("L3");
      assertThat(result.json().path("exit_code").intValue()).isZero();
      assertThat(api.get("anna", execution(id, "")).at("status")).isEqualTo("completed");
    }
  }

  @Test
  void showsAnExecutionThatHasNotEndedWithoutOutput() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("wait");
      Answer result = api.get("anna", execution(id, "/result"));

      assertThat(result.status()).isEqualTo(200);
      assertThat(result.json().path("stdout").isNull()).isTrue();
      gate.countDown();
    }
  }

  @Test
  void listsTheEventsOfAnExecution() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("greet");
      end(api, id);
      Answer events = api.get("anna", execution(id, "/events"));

      assertThat(events.json().findValuesAsString("event_type"))
          .containsExactly(
              "execution_requested", "execution_running", "execution_completed", "result_stored");
      assertThat(events.json().get(0).path("script").asString()).isEqualTo("greet");
      assertThat(events.json().get(2).path("stdout").asString()).isEqualTo("héllo ✓\n");
      assertThat(
              api.get("anna", execution(id, "/events?event_types=result_stored&limit=1"))
                  .json()
                  .size())
          .isEqualTo(1);
      assertThat(api.get("anna", execution(id, "/events?limit=0")).status()).isEqualTo(422);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
  void showsEveryVerdictAsDocumented(Verdict verdict) {
    sandbox.program("ends", process -> ended(verdict, verdict == Verdict.FAILED ? 3 : 0));
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("ends");
      end(api, id);

      assertThat(api.get("anna", execution(id, "/result")).at("verdict")).isEqualTo(verdict.text());
      assertThat(api.get("anna", execution(id, "/events")).status()).isEqualTo(200);
      assertThat(api.stream(id).getLast().type()).isEqualTo("result_stored");
    }
  }

  @Test
  void cancelsWhatRunsAndRefusesWhatHasEnded() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("wait");
      api.fixture.awaitStatus(api.fixture.executions.get(id), ExecutionStatus.RUNNING);
      Answer first = api.post("anna", execution(id, "/cancel"), "{\"reason\": \"enough\"}");
      assertThat(first.at("status")).isEqualTo("cancellation_requested");
      end(api, id);

      assertThat(api.post("anna", execution(id, "/cancel"), "{}").at("status"))
          .isEqualTo("already_cancelled");
      assertThat(api.get("anna", execution(id, "/result")).at("status")).isEqualTo("cancelled");
      String done = api.submit("greet");
      end(api, done);
      Answer refused = api.post("anna", execution(done, "/cancel"), "");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.at("code")).isEqualTo("execution_finished");
    }
  }

  @Test
  void runsAProgramOnceMoreAsANewExecution() {
    try (Api api = new Api(directory, sandbox)) {
      String waiting = api.submit("wait");
      assertThat(api.post("anna", execution(waiting, "/retry"), "").at("code"))
          .isEqualTo("execution_not_finished");
      gate.countDown();
      end(api, waiting);
      Answer again = api.post("anna", execution(waiting, "/retry"), "");

      assertThat(again.status()).isEqualTo(200);
      assertThat(again.at("execution_id")).isNotEqualTo(waiting);
      end(api, again.at("execution_id"));
    }
  }

  @Test
  void letsAdministratorsDeleteAlsoWhatRuns() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("wait");
      assertThat(api.delete("anna", execution(id, "")).status()).isEqualTo(403);
      Answer deleted = api.delete("root", execution(id, ""));

      assertThat(deleted.status()).isEqualTo(200);
      assertThat(deleted.at("execution_id")).isEqualTo(id);
      assertThat(api.get("anna", execution(id, "/result")).status()).isEqualTo(404);
      assertThat(api.fixture.store.outputLog().read(id, 1, 1, 1000)).isEmpty();
    }
  }

  @Test
  void listsTheCallersExecutionsNewestFirst() {
    try (Api api = new Api(directory, sandbox)) {
      for (int i = 0; i < 5; i++) {
        end(api, api.submit("greet"));
        api.fixture.clock.advance(Duration.ofMinutes(1));
      }
      Answer page = api.get("anna", "/api/v1/user/executions?limit=2&skip=1");
      assertThat(page.json().path("total").intValue()).isEqualTo(5);
      assertThat(page.json().path("executions").size()).isEqualTo(2);
      assertThat(page.json().path("has_more").booleanValue()).isTrue();
      assertThat(page.json().path("executions").get(0).path("created_at").asString())
          .isEqualTo("2026-01-15T12:03:00Z");
      assertThat(total(api, "bert", "")).isZero();
      assertThat(total(api, "anna", "?status=completed&lang=python")).isEqualTo(5);
      assertThat(total(api, "anna", "?status=failed")).isZero();
      assertThat(total(api, "anna", "?start_time=2026-01-15T12:03:00Z")).isEqualTo(2);
      assertThat(total(api, "anna", "?end_time=2026-01-15T12:01:00%2B00:00")).isEqualTo(2);
    }
  }

  private static int total(Api api, String token, String query) {
    return api.get(token, "/api/v1/user/executions" + query).json().path("total").intValue();
  }

  @Test
  void saysWhatThisHostOffersToAnybody() {
    try (Api api = new Api(directory, sandbox)) {
      Answer limits = api.get("", "/api/v1/k8s-limits");
      assertThat(limits.at("memory_limit")).isEqualTo("128Mi");
      assertThat(limits.json().path("supported_runtimes").propertyNames())
          .containsExactly("python", "bash");
      assertThat(limits.json().at("/supported_runtimes/python/versions/0").asString())
          .isEqualTo("3.11");
      assertThat(api.get("", "/api/v1/example-scripts").json().at("/scripts/bash").asString())
          .isEqualTo("echo hello");
    }
  }

  @Test
  void replaysTheAnswerOfAnIdempotencyKey() {
    try (Api api = new Api(directory, sandbox)) {
      String body = "{\"script\": \"greet\"}";
      Answer first = api.post("anna", "/api/v1/execute", body, "Idempotency-Key", "k");
      end(api, first.at("execution_id"));
      Answer second = api.post("anna", "/api/v1/execute", body, "Idempotency-Key", "k");
      Answer other =
          api.post("anna", "/api/v1/execute", "{\"script\": \"wait\"}", "Idempotency-Key", "k");

      assertThat(second.json()).isEqualTo(first.json());
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.at("code")).isEqualTo("idempotency_key_reused");
      assertThat(
              api.post("anna", "/api/v1/execute", body, "Idempotency-Key", "k".repeat(256))
                  .status())
          .isEqualTo(422);
    }
  }

  @Test
  void answers429WithRetryAfterWhenTheQueueIsFull() {
    try (Api api = new Api(directory, sandbox, Fixture.Options.defaults().slots(1).bounds(1, 1))) {
      String running = api.submit("wait");
      api.fixture.awaitStatus(api.fixture.executions.get(running), ExecutionStatus.RUNNING);
      api.submit("wait");
      Answer refused = api.post("anna", "/api/v1/execute", "{\"script\": \"greet\"}");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
      gate.countDown();
    }
  }

  @Test
  void showsTheSagaOfAnExecutionInEveryState() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("wait");
      api.fixture.awaitStatus(api.fixture.executions.get(id), ExecutionStatus.RUNNING);
      assertThat(api.get("anna", "/api/v1/sagas/" + id).at("current_step")).isEqualTo("create_pod");
      gate.countDown();
      end(api, id);

      assertThat(api.get("anna", "/api/v1/sagas/" + id).at("state")).isEqualTo("completed");
      assertThat(api.get("bert", "/api/v1/sagas/" + id).status()).isEqualTo(403);
      assertThat(api.get("anna", "/api/v1/sagas/none").status()).isEqualTo(404);
      Answer list = api.get("anna", "/api/v1/sagas/execution/" + id);
      assertThat(list.json().at("/sagas/0/saga_id").asString()).isEqualTo(id);
      assertThat(api.get("anna", "/api/v1/sagas/execution/" + id + "?state=failed").at("total"))
          .isEqualTo("0");
    }
  }

  @Test
  void tellsAdministratorsWhatWaitsAndWhatRuns() {
    try (Api api = new Api(directory, sandbox, Fixture.Options.defaults().slots(1))) {
      String running = api.submit("wait");
      api.fixture.awaitStatus(api.fixture.executions.get(running), ExecutionStatus.RUNNING);
      String waiting = api.submit("greet");
      String path = "/api/v1/admin/executions/queue";
      Awaiting.until(
          "one waits",
          () -> api.get("root", path).json().at("/by_priority/normal").intValue() == 1);
      Answer status = api.get("root", path);

      assertThat(status.at("queue_depth")).isEqualTo("1");
      assertThat(status.at("active_count")).isEqualTo("1");
      assertThat(status.at("max_concurrent")).isEqualTo("1");
      assertThat(status.json().at("/by_priority/critical").asString()).isEqualTo("0");
      assertThat(api.get("anna", path).status()).isEqualTo(403);
      gate.countDown();
      end(api, waiting);
      Awaiting.until(
          "nothing waits or runs", () -> api.get("root", path).at("active_count").equals("0"));
      assertThat(api.get("root", path).at("queue_depth")).isEqualTo("0");
    }
  }
}
