package dev.quarterdeck.server.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program, started as a user would, with the class path of these tests.
final class Quarterdeck {
  private static final long PATIENCE_SECONDS = 120;

  private Quarterdeck() {}

  /// How a command ended.
  record Ended(int exitCode, byte[] stdout, byte[] stderr) {
    /// What it said on stderr.
    String errors() {
      return new String(stderr, StandardCharsets.UTF_8);
    }
  }

  /// A process to be: in the directory, with the variables and nothing else of this environment.
  ///
  /// @param wrapper what runs java, as `strace`; empty for nothing
  static ProcessBuilder process(
      Path home, List<String> wrapper, Map<String, String> variables, String... arguments) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    command.add("dev.quarterdeck.server.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(variables);
    return builder;
  }

  /// Runs a command to its end.
  static Ended run(Path home, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "command", ".out");
    Path err = Files.createTempFile(home, "command", ".err");
    Process process =
        process(home, List.of(), variables, arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          "expected: the end within %d s; it said: %s"
              .formatted(PATIENCE_SECONDS, Files.readString(err)));
    }
    return new Ended(process.exitValue(), Files.readAllBytes(out), Files.readAllBytes(err));
  }
}
