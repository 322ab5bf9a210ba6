package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kernel's view of a submission: the request comes in, its text goes into the write-ahead log,
/// the log is synced, and only then does the acknowledgement go out.
@Tag("slow")
class DurabilityTest {
  private static final int SUBMISSIONS = 5;
  private static final String NO_TRACE =
      "strace cannot trace on this host, so this test shows nothing (expected: strace is installed"
          + " and may trace its own children; in a container: --cap-add SYS_PTRACE): ";
  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

  @TempDir(factory = Homes.class)
  Path home;

  /// A system call.
  ///
  /// @param text name, arguments and what it answered
  /// @param began place in the trace where it was called
  /// @param ended place in the trace where it returned
  private record Call(String text, int began, int ended) {
    boolean isSyncOfLog() {
      return text.matches("(fsync|fdatasync)\\(.*-wal>?\\) += 0");
    }

    boolean isWriteOfLog(String marker) {
      return text.matches("(?s)(pwrite64|write)\\(\\d+<[^>]*-wal>.*") && text.contains(marker);
    }

    boolean isWriteToSocket(String content) {
      return text.matches("(?s)(write|writev|sendto|sendmsg)\\(\\d+<(socket|TCP).*")
          && text.contains(content);
    }

    boolean isRead(String content) {
      return text.matches("(?s)(read|readv|recvfrom|recvmsg)\\(\\d+<(socket|TCP).*")
          && text.contains(content);
    }
  }

  private static void checkThatStraceWorks(Path directory) throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("strace", "-D", "-f", "-e", "trace=write", "-o", "probe", "true")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(probe.waitFor(30, TimeUnit.SECONDS)).as(NO_TRACE + said).isTrue();
      assertThat(probe.exitValue()).as(NO_TRACE + said).isZero();
    } catch (IOException missing) {
      throw new AssertionError(NO_TRACE + missing.getMessage(), missing);
    }
  }

  @Test
  void syncsTheLogBeforeEachAcknowledgement() throws IOException, InterruptedException {
    checkThatStraceWorks(home);
    Path trace = home.resolve("trace");
    List<String> strace =
        List.of(
            "strace",
            "-D",
            "-f",
            "-qq",
            "-yy",
            "-s",
            "9000",
            "-o",
            trace.toString(),
            "-e",
            "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg,read,readv,recvfrom,recvmsg");
    List<String> ids = new ArrayList<>();
    try (ServerProcess server = ServerProcess.startUnder(strace, home)) {
      Client user = server.user();
      for (int i = 0; i < SUBMISSIONS; i++) {
        ids.add(user.execute("bash", "echo " + (marker(i) + " ").repeat(3)));
      }
    }
    List<Call> calls = calls(Files.readAllLines(trace, StandardCharsets.ISO_8859_1));
    for (int i = 0; i < SUBMISSIONS; i++) {
      String marker = marker(i);
      String id = ids.get(i);
      Call request = first(calls, "request arrives", 0, call -> call.isRead(marker));
      Call write =
          first(calls, "log is written", request.began(), call -> call.isWriteOfLog(marker));
      Call sync = first(calls, "log is synced", write.ended(), Call::isSyncOfLog);
      Call answer =
          first(
              calls,
              "acknowledgement",
              request.ended(),
              call -> call.isWriteToSocket("execution_id") && call.text().contains(id));
      assertThat(sync.ended())
          .as("end of %s, before the start of %s", sync, answer)
          .isLessThan(answer.began());
    }
  }

  private static String marker(int submission) {
    return "durable-marker-" + submission;
  }

  private static Call first(List<Call> calls, String what, int from, Predicate<Call> wanted) {
    return calls.stream()
        .filter(call -> call.began() >= from)
        .filter(wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "the trace does not show: %s, after line %d of %d calls"
                        .formatted(what, from, calls.size())));
  }

  /// Puts the two halves of calls together that other threads' calls came between.
  private static List<Call> calls(List<String> lines) {
    List<Call> calls = new ArrayList<>();
    Map<String, Call> open = new HashMap<>();
    for (int at = 0; at < lines.size(); at++) {
      Matcher line = LINE.matcher(lines.get(at));
      if (!line.matches()) {
        continue;
      }
      String thread = line.group(1);
      String text = line.group(2);
      Matcher resumed = RESUMED.matcher(text);
      if (text.endsWith(" <unfinished ...>")) {
        open.put(thread, new Call(text.replace(" <unfinished ...>", ""), at, at));
      } else if (resumed.matches()) {
        Call begun = open.remove(thread);
        if (begun != null) {
          calls.add(new Call(begun.text() + resumed.group(1), begun.began(), at));
        }
      } else {
        calls.add(new Call(text, at, at));
      }
    }
    calls.sort(Comparator.comparingInt(Call::began));
    return calls;
  }
}
