package dev.quarterdeck.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Piston's WebSocket, spoken by the JDK's client.
class PistonSocketTest {
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    client = server.client().login("user", "user123");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /// A client that remembers what it was told.
  private static final class Piston implements WebSocket.Listener {
    final List<String> messages = new ArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final boolean reads;

    Piston(boolean reads) {
      this.reads = reads;
    }

    static Piston connect(boolean reads) {
      Piston piston = new Piston(reads);
      HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .header("Authorization", "Bearer " + client.token())
          .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/api/v2/connect"), piston)
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
      return piston;
    }

    @Override
    public void onOpen(WebSocket from) {
      opened.complete(from);
      if (reads) {
        from.request(Long.MAX_VALUE);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        synchronized (messages) {
          messages.add(part.toString());
        }
        part.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    WebSocket socket() {
      return opened.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void send(Map<String, Object> message) {
      socket()
          .sendText(JsonMapper.shared().writeValueAsString(message), true)
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    }

    void init(String language, String program) {
      send(
          Map.of(
              "type",
              "init",
              "language",
              language,
              "version",
              "*",
              "files",
              List.of(Map.of("content", program))));
    }

    String all() {
      synchronized (messages) {
        return String.join("\n", messages);
      }
    }

    void await(String text) {
      Awaiting.until("told " + text + " in " + all(), () -> all().contains(text));
    }

    int code() {
      return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void speaksWithAProgramWhileItRuns() {
    Piston piston = Piston.connect(true);
    piston.init(
        "python",
        "import sys\n"
            + "print('name?', flush=True)\n"
            + "print('hello', input(), file=sys.stderr)\n"
            + "sys.exit(3)");
    piston.await("name?");
    piston.send(Map.of("type", "data", "stream", "stdin", "data", "Ada\n"));

    assertThat(piston.code()).isEqualTo(4999);
    assertThat(piston.messages.get(0)).startsWith("{\"type\":\"runtime\",\"language\":\"python\",");
    assertThat(piston.messages.subList(1, piston.messages.size()))
        .containsExactly(
            "{\"type\":\"stage\",\"stage\":\"run\"}",
            "{\"type\":\"data\",\"stream\":\"stdout\",\"data\":\"name?\\n\"}",
            "{\"type\":\"data\",\"stream\":\"stderr\",\"data\":\"hello Ada\\n\"}",
            "{\"type\":\"exit\",\"stage\":\"run\",\"code\":3,\"signal\":null}");
  }

  @Test
  void tellsTheCompilerFromTheProgram() {
    Piston good = Piston.connect(true);
    good.init(
        "c",
        "#include <stdio.h>\n#warning careful\nint main(void){fputs(\"err\",stderr);return 0;}");
    assertThat(good.code()).isEqualTo(4999);
    assertThat(good.messages.get(1)).isEqualTo("{\"type\":\"stage\",\"stage\":\"compile\"}");
    assertThat(good.messages.get(2)).contains("stderr", "careful");
    assertThat(good.messages.subList(good.messages.size() - 4, good.messages.size()))
        .containsExactly(
            "{\"type\":\"exit\",\"stage\":\"compile\",\"code\":0,\"signal\":null}",
            "{\"type\":\"stage\",\"stage\":\"run\"}",
            "{\"type\":\"data\",\"stream\":\"stderr\",\"data\":\"err\"}",
            "{\"type\":\"exit\",\"stage\":\"run\",\"code\":0,\"signal\":null}");

    Piston bad = Piston.connect(true);
    bad.init("c", "int main(");
    assertThat(bad.code()).isEqualTo(4999);
    assertThat(bad.messages.getLast())
        .isEqualTo("{\"type\":\"exit\",\"stage\":\"compile\",\"code\":1,\"signal\":null}");
    assertThat(bad.all()).doesNotContain("\"run\"");
  }

  @Test
  void passesSignalsOn() {
    Piston piston = Piston.connect(true);
    piston.init("python", "import time; print('up', flush=True); time.sleep(60)");
    piston.await("up");
    piston.send(Map.of("type", "signal", "signal", "SIGTERM"));
    assertThat(piston.code()).isEqualTo(4999);
    assertThat(piston.messages.getLast())
        .isEqualTo("{\"type\":\"exit\",\"stage\":\"run\",\"code\":null,\"signal\":\"SIGTERM\"}");
  }

  @Test
  void closesWithThePublishedCodes() {
    assertThat(Piston.connect(true).code()).as("never initialized").isEqualTo(4001);

    Piston early = Piston.connect(true);
    early.send(Map.of("type", "data", "stream", "stdin", "data", "x"));
    assertThat(early.code()).isEqualTo(4003);
    Piston earlySignal = Piston.connect(true);
    earlySignal.send(Map.of("type", "signal", "signal", "SIGTERM"));
    assertThat(earlySignal.code()).isEqualTo(4003);

    Piston twice = Piston.connect(true);
    twice.init("bash", "sleep 60");
    twice.init("bash", "sleep 60");
    assertThat(twice.code()).isEqualTo(4000);

    Piston wrongStream = Piston.connect(true);
    wrongStream.init("bash", "sleep 60");
    wrongStream.send(Map.of("type", "data", "stream", "stdout", "data", "x"));
    assertThat(wrongStream.code()).isEqualTo(4004);

    Piston wrongSignal = Piston.connect(true);
    wrongSignal.init("bash", "sleep 60");
    wrongSignal.send(Map.of("type", "signal", "signal", "SIGNONSENSE"));
    assertThat(wrongSignal.code()).isEqualTo(4005);

    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("type", "init"),
            Map.of("type", "init", "language", "klingon", "version", "*", "files", List.of()),
            Map.of("type", "init", "language", 1, "version", "*"))) {
      Piston refused = Piston.connect(true);
      refused.send(wrong);
      assertThat(refused.code()).isEqualTo(4002);
      assertThat(refused.messages.getFirst()).startsWith("{\"type\":\"error\",\"message\":\"");
    }
    Piston nonsense = Piston.connect(true);
    nonsense.socket().sendText("{", true).orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(nonsense.code()).isEqualTo(4002);
  }

  @Test
  void endsTheProgramOfAClientThatVanishes() throws IOException, InterruptedException {
    Piston piston = Piston.connect(true);
    piston.init("bash", "echo begun $$; sleep 250");
    piston.await("begun");
    String id = newest();
    piston.socket().abort();
    assertThat(client.result(id).get("verdict").asString()).isEqualTo("cancelled");
  }

  @Test
  void letsNothingWaitForAReaderThatNeverReads() throws IOException, InterruptedException {
    Piston deaf = Piston.connect(false);
    deaf.init("python", "while True: print('x' * 1000)");
    for (int i = 0; i < 5; i++) {
      JsonNode result = client.run("bash", "echo fine");
      assertThat(result.get("stdout").asString()).isEqualTo("fine\n");
    }
    deaf.socket().abort();
  }

  private static String newest() throws IOException, InterruptedException {
    return client
        .get("/api/v1/user/executions?limit=1")
        .expect(200)
        .json()
        .at("/executions/0/execution_id")
        .asString("");
  }

  @Test
  void refusesWhatIsNoHandshakeOrNotAllowed() throws IOException, InterruptedException {
    assertThat(client.get("/api/v2/connect").expect(400).text()).contains("speaks WebSocket only");
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer nonsense")
                    .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.port() + "/api/v2/connect"),
                        new Piston(true))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }
}
