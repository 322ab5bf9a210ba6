import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Runs the README's `console` blocks as a reader would, in one shell, and compares what they print
/// with what the README says. What differs from run to run (ids, times, sizes, versions) is
/// replaced by a mark on both sides. The server runs in the background: its greeting is awaited
/// before the next command. Exit code 1 at a difference.
class ReadmeCheck {
  private static final long WAIT_SECONDS = 120;
  private static final String END = "--end-of-command--";

  public static void main(String[] arguments) throws Exception {
    Path readme = Path.of(arguments[0]).toAbsolutePath();
    List<Step> steps = steps(Files.readAllLines(readme));
    int failed = 0;
    try (Shell shell = new Shell(readme.getParent())) {
      for (Step step : steps) {
        List<String> actual = shell.run(step.command(), step.expected().size());
        if (normal(actual).equals(normal(step.expected()))) {
          System.out.println("readme: ok       $ " + step.command());
        } else {
          failed++;
          System.out.println("readme: DIFFERS  $ " + step.command());
          System.out.println("  the README says:");
          normal(step.expected()).forEach(line -> System.out.println("    " + line));
          System.out.println("  it prints:");
          normal(actual).forEach(line -> System.out.println("    " + line));
        }
      }
    }
    System.out.println("readme: " + steps.size() + " commands, " + failed + " differ");
    System.exit(failed == 0 && !steps.isEmpty() ? 0 : 1);
  }

  private static List<Step> steps(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    boolean inside = false;
    String command = null;
    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      boolean fence = line.startsWith("```");
      boolean start = inside && line.startsWith("$ ");
      if (command != null && !start && !fence && command.endsWith("\\")) {
        command = command.substring(0, command.length() - 1).stripTrailing() + " " + line.strip();
        continue;
      }
      if (command != null && (start || fence)) {
        steps.add(new Step(command, expected));
        command = null;
        expected = new ArrayList<>();
      }
      if (fence) {
        inside = !inside && line.equals("```console");
      } else if (start) {
        command = line.substring(2);
      } else if (inside && command != null) {
        expected.add(line);
      }
    }
    return steps;
  }

  /// Replaces what differs from run to run.
  private static List<String> normal(List<String> lines) {
    List<String> out = new ArrayList<>();
    for (String line : lines) {
      String text =
          line.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>")
              .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
              .replaceAll("^data in .*", "data in <directory>")
              .replaceAll("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+", "<token>")
              .replaceAll("\\b\\d+\\.\\d+ (s|MiB)\\b", "<n> $1")
              .replaceAll(
                  "\"(execution_time_wall_seconds|cpu_time_jiffies|cpu_time_seconds|peak_memory_kb)\":"
                      + " ?[\\d.]+",
                  "\"$1\":<n>")
              .replaceAll("\\b[Ll]evel L[23]\\b", "level <level>")
              .replaceAll("\"sandbox_level\":\"L[23]\"", "\"sandbox_level\":<level>")
              .replaceAll("sandbox L[23]\\b", "sandbox <level>")
              .replaceAll("(python|node|bash|java|perl) \\d+(\\.\\d+)*", "$1 <version>")
              .stripTrailing();
      if (!text.isEmpty()) {
        out.add(text);
      }
    }
    return out;
  }

  private record Step(String command, List<String> expected) {}

  /// One bash that lives for all commands, so that variables and background jobs do too.
  private static final class Shell implements AutoCloseable {
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final File directory;
    private Process server;

    Shell(Path directory) throws IOException {
      this.directory = directory.toFile();
      process =
          new ProcessBuilder("bash", "--norc", "-s")
              .directory(this.directory)
              .redirectErrorStream(true)
              .start();
      input = process.outputWriter(StandardCharsets.UTF_8);
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  for (String line; (line = output.readLine()) != null; ) {
                    lines.add(line);
                  }
                } catch (IOException ended) {
                  lines.add(END);
                }
              });
    }

    List<String> run(String command, int expectedLines) throws Exception {
      if (command.startsWith("./quarterdeck serve")) {
        return serve(command, expectedLines);
      }
      input.write(command + "\nprintf '%s\\n' '" + END + "'\n");
      input.flush();
      List<String> out = new ArrayList<>();
      while (true) {
        String line = lines.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
          break;
        }
        if (line.endsWith(END)) {
          out.add(line.substring(0, line.length() - END.length()));
          break;
        }
        out.add(line);
      }
      return out;
    }

    /// Starts the server beside the shell, as a reader does in another terminal.
    private List<String> serve(String command, int expectedLines) throws IOException {
      server = new ProcessBuilder("bash", "-c", "exec " + command).directory(directory).start();
      BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
      List<String> out = new ArrayList<>();
      for (String line; out.size() < expectedLines && (line = output.readLine()) != null; ) {
        out.add(line);
      }
      return out;
    }

    @Override
    public void close() throws Exception {
      if (server != null) {
        server.destroy();
        server.waitFor(30, TimeUnit.SECONDS);
      }
      input.close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
