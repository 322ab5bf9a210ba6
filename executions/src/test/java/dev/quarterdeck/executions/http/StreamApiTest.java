package dev.quarterdeck.executions.http;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.ExecutionStatus;
import dev.quarterdeck.executions.FakeSandbox;
import dev.quarterdeck.executions.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamApiTest {
  @TempDir Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final FakeSandbox sandbox =
      new FakeSandbox()
          .program(
              "two parts",
              process -> {
                process.out("first\n");
                process.until(gate);
                process.out("second\r\nthird\r");
                return ended(Verdict.COMPLETED, 0);
              })
          .program(
              "bytes",
              process -> {
                process.write(false, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
                for (int i = 0; i < 20_000; i++) {
                  process.out("héllo ✓ " + i + "\n");
                }
                return ended(Verdict.WALL_TIME_LIMIT, 0);
              });

  private static byte[] stdout(List<Sse> events) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Sse event : events) {
      if (event.type().equals("output")) {
        all.writeBytes(
            event.data().has("data")
                ? event.data().path("data").asString().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(event.data().path("data_base64").asString()));
      }
    }
    return all.toByteArray();
  }

  private static List<String> types(List<Sse> events) {
    List<String> types = new ArrayList<>();
    for (Sse event : events) {
      if (types.isEmpty() || !types.getLast().equals(event.type())) {
        types.add(event.type());
      }
    }
    return types;
  }

  @Test
  void showsOutputBeforeTheProgramEnds() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("two parts");
      List<String> seen = new ArrayList<>();
      try (Stream<String> lines = api.lines("anna", id)) {
        Iterator<String> next = lines.iterator();
        while (next.hasNext()) {
          String line = next.next();
          seen.add(line);
          if (line.contains("first") && gate.getCount() > 0) {
            assertThat(api.fixture.executions.get(id).status()).isEqualTo(ExecutionStatus.RUNNING);
            gate.countDown();
          }
        }
      }
      List<Sse> events = Sse.parse(seen);
      assertThat(types(events))
          .startsWith("status")
          .endsWith(
              "execution_requested",
              "execution_running",
              "output",
              "execution_completed",
              "result_stored");
      assertThat(stdout(events))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("first\nsecond\r\nthird\r");
    }
  }

  @Test
  void givesTheExactBytesAndTheWholeResultAfterATimeout() {
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("bytes");
      List<Sse> events = api.stream(id);
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      expected.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
      for (int i = 0; i < 20_000; i++) {
        expected.writeBytes(("héllo ✓ " + i + "\n").getBytes(StandardCharsets.UTF_8));
      }

      assertThat(stdout(events)).isEqualTo(expected.toByteArray());
      Sse last = events.getLast();
      assertThat(last.type()).isEqualTo("result_stored");
      assertThat(last.data().at("/result/status").asString()).isEqualTo("timeout");
      assertThat(Base64.getDecoder().decode(last.data().at("/result/stdout_base64").asString()))
          .isEqualTo(expected.toByteArray());
      assertThat(events.get(events.size() - 2).type()).isEqualTo("execution_timeout");
      assertThat(last.data().path("result"))
          .isEqualTo(api.get("anna", "/api/v1/executions/" + id + "/result").json());
    }
  }

  @Test
  void goesOnAfterLastEventId() {
    gate.countDown();
    try (Api api = new Api(directory, sandbox)) {
      String id = api.submit("bytes");
      List<Sse> all = api.stream(id);
      for (int index = 1; index < all.size() - 1; index += Math.max(1, all.size() / 5)) {
        List<Sse> rest = api.stream(id, "Last-Event-ID", all.get(index).id());
        assertThat(rest).isEqualTo(all.subList(index + 1, all.size()));
      }
      List<Sse> nothing = api.stream(id, "Last-Event-ID", all.getLast().id());
      assertThat(nothing).isEmpty();
    }
  }

  @Test
  void namesOnlyWhatTheDocumentedApiDoesNotKnow() {
    gate.countDown();
    try (Api api = new Api(directory, sandbox)) {
      for (Sse event : api.stream(api.submit("two parts"))) {
        assertThat(event.name()).isEqualTo(event.type().equals("output") ? "output" : "");
      }
    }
  }
}
