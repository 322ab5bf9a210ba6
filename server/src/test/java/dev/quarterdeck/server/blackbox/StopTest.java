package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.EventStream.Event;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// SIGTERM stops the server in good order: nothing is lost, nothing takes long.
@Tag("slow")
class StopTest {
  private static final int TERMINATED = 143;
  private static final Duration BOUND = Duration.ofSeconds(15);

  @TempDir(factory = Homes.class)
  Path home;

  /// Sends SIGTERM, and measures until the end.
  private static Duration stop(ServerProcess server) throws InterruptedException {
    long signalled = System.nanoTime();
    server.terminate();
    assertThat(server.exitCode()).isEqualTo(TERMINATED);
    return Duration.ofNanos(System.nanoTime() - signalled);
  }

  private static void checkEndedOnce(Client user, String id, int attempt, String stdout) {
    JsonNode result = user.await(id);
    List<String> types = user.events(id).findValuesAsString("event_type");
    assertThat(result.path("verdict").asString()).as("%s", result).isEqualTo("completed");
    assertThat(result.path("attempt").intValue()).isEqualTo(attempt);
    assertThat(result.path("stdout").asString()).isEqualTo(stdout);
    assertThat(types).containsOnlyOnce("execution_completed", "result_stored");
    assertThat(types.stream().filter("execution_running"::equals)).hasSize(attempt);
  }

  @Test
  void letsARunEndAlsoWhenItIsToldTwiceToStop() throws IOException, InterruptedException {
    String id;
    String token;
    try (ServerProcess server = ServerProcess.start(home)) {
      Client user = server.user();
      token = user.token();
      id = user.execute("bash", "echo begin; sleep 1.5; echo end");
      try (EventStream stream = user.stream(id)) {
        stream.until("output");
        server.terminate();
        awaitRefusal(server.address());
        assertThat(stop(server)).isLessThan(BOUND);
      }
    }
    try (ServerProcess server = ServerProcess.start(home)) {
      checkEndedOnce(server.client().withToken(token), id, 1, "begin\nend\n");
    }
  }

  private static void awaitRefusal(URI address) {
    Awaiting.until("no new connection", () -> refuses(address));
  }

  private static boolean refuses(URI address) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      return !socket.isConnected();
    } catch (ConnectException refused) {
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /// The program ends at a moment that the first server does not live to see. The stream of its
  /// watcher ends in good order, and goes on at the next server where it stopped.
  @Test
  void runsALongRunAgainAfterTheRestart() throws IOException, InterruptedException {
    String id;
    Client user;
    List<Event> before;
    try (ServerProcess server = ServerProcess.start(home)) {
      user = server.user();
      long end = System.currentTimeMillis() / 1000 + 18;
      id =
          user.execute(
              "bash",
              "echo begin; until [ $(date +%s) -ge " + end + " ]; do sleep 0.1; done; echo end");
      try (EventStream stream = user.stream(id)) {
        before = new ArrayList<>(stream.until("output"));
        assertThat(stop(server)).isLessThan(BOUND);
        before.addAll(stream.rest());
      }
    }
    assertThat(before).extracting(Event::type).doesNotContain("restarted", "result_stored");
    try (ServerProcess server = ServerProcess.start(home)) {
      user = user.at(server.address());
      List<Event> after;
      try (EventStream stream = user.stream(id, "Last-Event-ID", before.getLast().id())) {
        after = stream.rest();
      }
      assertThat(after.stream().map(Event::type).filter(type -> !type.equals("output")))
          .containsExactly(
              "restarted", "execution_running", "execution_completed", "result_stored");
      assertThat(EventStream.output(before, "stdout")).asString().isEqualTo("begin\n");
      assertThat(EventStream.output(after, "stdout")).asString().isEqualTo("begin\nend\n");
      checkEndedOnce(user, id, 2, "begin\nend\n");
    }
  }

  /// Half of a request is there when the signal comes; the other half comes later.
  @Test
  void answersARequestInFlight() throws IOException, InterruptedException {
    String id;
    String token;
    try (ServerProcess server = ServerProcess.start(home)) {
      token = server.user().token();
      URI address = server.address();
      String body = "{\"lang\": \"bash\", \"script\": \"echo in flight\"}";
      String head =
          """
          POST /api/v1/execute HTTP/1.1\r
          Host: %s\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: %d\r
          Connection: close\r
          Expect: 100-continue\r
          \r
          """
              .formatted(address.getAuthority(), token, body.length());
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        awaitContinue(socket.getInputStream());
        out.write(body.substring(0, 10).getBytes(StandardCharsets.US_ASCII));
        server.terminate();
        awaitRefusal(address);
        out.write(body.substring(10).getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("execution_id");
        String json = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
        id = JsonMapper.shared().readTree(json).path("execution_id").asString();
      }
      assertThat(stop(server)).isLessThan(BOUND);
    }
    try (ServerProcess server = ServerProcess.start(home)) {
      Client user = server.client().withToken(token);
      user.await(id);
      assertThat(user.result(id).path("stdout").asString()).isEqualTo("in flight\n");
    }
  }

  /// Reads the interim answer, with which the server says that it handles the request.
  private static void awaitContinue(InputStream in) throws IOException {
    StringBuilder interim = new StringBuilder();
    while (!interim.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      assertThat(next).as("byte after %s", interim).isNotNegative();
      interim.append((char) next);
    }
    assertThat(interim).startsWith("HTTP/1.1 100 ");
  }

  @Test
  void saysInItsHelpHowItStops() throws IOException, InterruptedException {
    Quarterdeck.Ended help =
        Quarterdeck.run(home, ServerProcess.variables(home), "serve", "--help");
    assertThat(new String(help.stdout(), StandardCharsets.UTF_8))
        .contains("exit code is then 143 for SIGTERM");
  }
}
