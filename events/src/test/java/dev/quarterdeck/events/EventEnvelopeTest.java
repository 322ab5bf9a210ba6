package dev.quarterdeck.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EventEnvelopeTest {
  private final TestClock clock = TestClock.atNoon();
  private final EventFactory factory =
      new EventFactory(new Ids(clock), clock, new EventOrigin("backend", "1.0.0", "production"));

  @Test
  void writesPayloadFieldsBesideItsOwn() {
    var payload = JsonMapper.shared().createObjectNode();
    payload.put("execution_id", "x1").put("script", "print('ü ✓')").put("timeout_seconds", 5);
    payload.putArray("runtime_command").add("python3");

    EventEnvelope event = factory.event("execution_requested", "x1", Optional.of("u1"), payload);
    NewEvent stored = event.toEvent("execution");

    assertThat(stored.key()).isEqualTo("x1");
    assertThat(stored.topic()).isEqualTo("execution");
    assertThat(stored.body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"event_id\":\"%s\",\"event_type\":\"execution_requested\",\"event_version\":\"1.0\",\"timestamp\":\"2026-01-15T12:00:00Z\",\"aggregate_id\":\"x1\",\"metadata\":{\"service_name\":\"backend\",\"service_version\":\"1.0.0\",\"user_id\":\"u1\",\"environment\":\"production\"},\"execution_id\":\"x1\",\"script\":\"print('ü ✓')\",\"timeout_seconds\":5,\"runtime_command\":[\"python3\"]}"
                .formatted(event.eventId()));
    assertThat(EventEnvelope.of(stored)).isEqualTo(event);
  }

  @Test
  void leavesOutTheUserWhenNobodyCausedIt() {
    var payload = JsonMapper.shared().createObjectNode();
    EventEnvelope event = factory.event("system_error", "s", Optional.empty(), payload);

    assertThat(event.toJson().path("metadata").has("user_id")).isFalse();
    assertThat(EventEnvelope.of(event.toEvent("system"))).isEqualTo(event);
  }

  @Test
  void refusesAPayloadFieldOfTheEnvelope() {
    var payload = JsonMapper.shared().createObjectNode().put("metadata", "x");
    assertThatThrownBy(() -> factory.event("job_said", "a", Optional.empty(), payload))
        .hasMessage(
            "job_said: metadata (expected: a payload field that is none of the envelope's)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|not a JSON object",
        "{}|event_id is missing",
        "{\"event_id\":1}|event_id is missing",
        "{\"event_id\":\"e\",\"event_type\":\"t\",\"event_version\":\"1\",\"timestamp\":\"noon\"}|timestamp:"
            + " ",
      })
  void saysWhatAnUnreadableBodyLacks(String body, String why) {
    NewEvent event = new NewEvent("e1", "t", "k", "t", body.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> EventEnvelope.of(event))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageStartingWith("event e1: " + why);
  }
}
