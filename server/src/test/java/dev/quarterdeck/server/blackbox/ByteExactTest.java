package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.EventStream.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The program knows the digest of what it wrote; everybody who shows the output must agree with
/// it.
@Tag("slow")
class ByteExactTest {
  /// Writes text, 20,000 lines, bytes that are no text and notes on stderr in between; the digest
  /// of stdout is the last line of stderr.
  private static final String PROGRAM =
      """
      import hashlib, os
      sum = hashlib.sha256()
      notes = hashlib.sha256()
      def all_of(fd, data):
          while data:
              data = data[os.write(fd, data):]
      def out(data):
          sum.update(data)
          all_of(1, data)
      def note(data):
          notes.update(data)
          all_of(2, data)
      out("héllo ✓\\n".encode())
      for i in range(20000):
          out(f"line {i} héllo ✓\\r\\n".encode())
          if i % 1000 == 0:
              note(f"note {i} ✓\\n".encode())
          if i % 5000 == 0:
              out(b"\\xff\\xfe\\x00")
              note(b"\\x00\\xff")
      out("✓".encode()[:2])
      note((sum.hexdigest() + "\\n").encode())
      all_of(2, (notes.hexdigest() + "\\n").encode())
      """;

  private static final int DIGEST_LINE = 65;

  @TempDir(factory = Homes.class)
  Path home;

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /// Compares the output with the digests at the end of stderr.
  private static void check(String where, byte[] stdout, byte[] stderr)
      throws NoSuchAlgorithmException {
    assertThat(stdout.length).as("bytes of stdout, %s", where).isGreaterThan(400_000);
    int end = stderr.length;
    byte[] notes = Arrays.copyOf(stderr, end - DIGEST_LINE);
    assertThat(sha256(notes) + "\n")
        .as("digest of stderr, %s", where)
        .isEqualTo(ascii(stderr, end - DIGEST_LINE));
    assertThat(sha256(stdout) + "\n")
        .as("digest of stdout, %s", where)
        .isEqualTo(ascii(stderr, end - 2 * DIGEST_LINE));
  }

  private static String ascii(byte[] bytes, int from) {
    return new String(bytes, from, DIGEST_LINE, StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(JsonNode result, String stream) {
    byte[] exact = Base64.getDecoder().decode(result.path(stream + "_base64").asString());
    assertThat(result.path(stream).asString())
        .as("text of %s, beside its bytes", stream)
        .isEqualTo(new String(exact, StandardCharsets.UTF_8));
    return exact;
  }

  private static void check(String where, JsonNode result) throws NoSuchAlgorithmException {
    check(where, bytes(result, "stdout"), bytes(result, "stderr"));
  }

  @Test
  void showsTheSameBytesEverywhere()
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    String id;
    String token;
    JsonNode before;
    try (ServerProcess server = ServerProcess.start(home)) {
      Client user = server.user();
      token = user.token();
      id = user.execute("python", PROGRAM);
      try (EventStream stream = user.stream(id)) {
        List<Event> live = stream.rest();
        check(
            "live stream", EventStream.output(live, "stdout"), EventStream.output(live, "stderr"));
        check("result in the stream", live.getLast().data().path("result"));
      }
      before = user.result(id);
      check("result route", before);
      try (EventStream late = user.stream(id)) {
        List<Event> events = late.rest();
        check(
            "late stream",
            EventStream.output(events, "stdout"),
            EventStream.output(events, "stderr"));
      }
    }
    try (ServerProcess again = ServerProcess.start(home)) {
      Client user = again.client().withToken(token);
      assertThat(user.result(id)).isEqualTo(before);
      try (EventStream stream = user.stream(id)) {
        List<Event> events = stream.rest();
        check(
            "stream after a restart",
            EventStream.output(events, "stdout"),
            EventStream.output(events, "stderr"));
      }
    }
  }

  @Test
  void passesTheSameBytesToTheTerminal()
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    Path program = home.resolve("a program.py");
    Files.writeString(program, PROGRAM);
    Quarterdeck.Ended ended =
        Quarterdeck.run(home, ServerProcess.variables(home), "run", program.toString());
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    int verdict = ended.errors().lastIndexOf("\ncompleted") + 1;
    assertThat(verdict).as("place of the verdict in: %s", ended.errors()).isPositive();
    int length = ended.stderr().length - ended.errors().substring(verdict).length();
    check("terminal", ended.stdout(), Arrays.copyOf(ended.stderr(), length));
  }
}
