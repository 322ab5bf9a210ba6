package dev.quarterdeck.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Requests that ask for a run which cannot be: a clear 422 with the place, and nothing left.
class BadRunInputTest {
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

  private static void refused(Map<String, Object> request, String... texts)
      throws IOException, InterruptedException {
    assertThat(client.post("/api/v1/execute", request).expect(422).text()).contains(texts);
    assertThat(client.get("/api/v1/user/executions").expect(200).json().get("total").asInt())
        .isZero();
  }

  private static Map<String, Object> named(String name) {
    return Map.of("script", "x", "files", List.of(Map.of("name", name, "content", "")));
  }

  @Test
  void refusesNamesOfFilesThatNoProgramShouldHave() throws IOException, InterruptedException {
    refused(named("a\0b"), "\"files\",0,\"name\"", "no NUL");
    refused(named("x".repeat(4096)), "\"files\",0,\"name\"", "at most 1024 characters");
    refused(named("a\nb"), "File name: expected no control characters");
    refused(named("d/".repeat(33) + "f"), "expected at most 32 directories deep");
    refused(named("é".repeat(200)), "expected parts of at most 255 bytes");
  }

  @Test
  void refusesSourcesAndInputThatAreNone() throws IOException, InterruptedException {
    refused(Map.of("script", ""), "\"script\"", "at least 1 character");
    refused(Map.of("script", "x", "stdin", "y".repeat(1_000_001)), "\"stdin\"", "at most 1000000");
    refused(Map.of("script", "x", "args", List.of("a\0")), "\"args\",0", "no NUL");
    refused(Map.of("script", "x", "lang", "klingon"), "no such language", "python", "bash");
    refused(
        Map.of("script", "x", "lang", "python", "lang_version", "2.7"), "no such version", "3.");
    byte[] latin = "{\"script\": \"print('\u00e9')\"}".getBytes(StandardCharsets.ISO_8859_1);
    TestClient.Answer answer =
        client.send(
            client
                .request("/api/v1/execute")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin)));
    assertThat(answer.expect(422).text()).contains("JSON");
  }
}
