package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Hello world in several languages, in one run: bare fork and exec, our sandbox alone (started
/// cold, and with sandboxes ready), and over HTTP; beside `isolate` when it is installed and every
/// server with Piston's API whose address is given. Any error or refused answer voids the run.
///
/// Arguments: the launcher, then `runs=N`, `languages=python,bash`, `clients=1,8`, and addresses.
final class ExecutionsBenchmark {
  private static final int SLOTS = 2 * Runtime.getRuntime().availableProcessors();

  /// Something that runs a hello world.
  private interface Row {
    void run(HelloWorld hello) throws IOException, InterruptedException;
  }

  private final int runs;
  private final List<HelloWorld> languages;
  private final List<Integer> clients;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private ExecutionsBenchmark(int runs, List<HelloWorld> languages, List<Integer> clients) {
    this.runs = runs;
    this.languages = languages;
    this.clients = clients;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = 200;
    List<HelloWorld> languages = HelloWorld.ALL;
    List<Integer> clients = List.of(1, 2, 8, 32);
    List<URI> rivals = new ArrayList<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith("runs=")) {
        runs = Integer.parseInt(value);
      } else if (argument.startsWith("languages=")) {
        languages = Stream.of(value.split(",", -1)).map(HelloWorld::named).toList();
      } else if (argument.startsWith("clients=")) {
        clients = Stream.of(value.split(",", -1)).map(Integer::valueOf).toList();
      } else {
        rivals.add(URI.create(argument));
      }
    }
    Path directory = Files.createTempDirectory("quarterdeck-hello");
    ExecutionsBenchmark benchmark = new ExecutionsBenchmark(runs, languages, clients);
    try (ServerProcess server = ServerProcess.start(Path.of(arguments[0]));
        SandboxAlone cold = new SandboxAlone(directory, SLOTS, 0);
        SandboxAlone ready = new SandboxAlone(directory, SLOTS, SLOTS + 2)) {
      benchmark.addRows(new BareRival(directory), cold, ready, server.address(), rivals);
      benchmark.measure(ready);
    } finally {
      ServerProcess.delete(directory);
    }
  }

  private void addRows(
      BareRival bare, SandboxAlone cold, SandboxAlone ready, URI server, List<URI> rivals)
      throws IOException, InterruptedException {
    ExecutionClient client = ExecutionClient.login(server);
    rows.put("bare fork and exec", bare::run);
    rows.put("sandbox, cold", cold::run);
    rows.put("sandbox", ready::run);
    rows.put("HTTP, wait=true", client::runAndWait);
    rows.put("HTTP, event stream", client::submitAndWatch);
    if (BareRival.hasIsolate()) {
      rows.put("isolate", bare::isolated);
    }
    for (URI rival : rivals) {
      rows.put(rival.toString(), ExecutionClient.piston(rival)::pistonExecute);
    }
    System.out.println("sandbox level " + ready.level() + ", " + SLOTS + " at once");
  }

  private void measure(SandboxAlone ready) throws IOException, InterruptedException {
    System.out.println(
        "language clients  row                  p50 ms   p99 ms  per second  CPU ms  p50/bare"
            + "  rate/bare");
    for (HelloWorld hello : languages) {
      for (Row row : rows.values()) {
        Load.measure(2, Math.max(10, runs / 10), () -> row.run(hello));
      }
      for (int at : clients) {
        Timings floor = null;
        for (Map.Entry<String, Row> row : rows.entrySet()) {
          ready.firstByteMillis();
          long before = busyMillis();
          Timings timings = Load.measure(at, runs, () -> row.getValue().run(hello));
          double cpu = (busyMillis() - before) / (double) runs;
          floor = floor == null ? timings : floor;
          print(hello.language(), at, row.getKey(), timings, cpu, floor);
          double first = ready.firstByteMillis();
          if (row.getKey().equals("sandbox") && at == 1) {
            System.out.printf(
                Locale.ROOT, "%-8s first byte of output after %.2f ms (mean)%n", "", first);
          }
        }
      }
    }
  }

  private static void print(
      String language, int clients, String row, Timings timings, double cpu, Timings floor) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %7d  %-18s %8.2f %8.2f %11.1f %7.1f %9.2f %10.2f%n",
        language,
        clients,
        row,
        timings.medianMillis(),
        timings.p99Millis(),
        timings.perSecond(),
        cpu,
        timings.medianMillis() / floor.medianMillis(),
        timings.perSecond() / floor.perSecond());
  }

  /// Time that all processors of this machine were busy: whoever else works on it counts, too.
  private static long busyMillis() throws IOException {
    String[] ticks = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
    long busy = 0;
    for (int i = 1; i < ticks.length; i++) {
      // Fields 4 and 5 are idle and waiting for input; 9 and 10 are counted in 1 and 2.
      busy += i == 4 || i == 5 || i > 8 ? 0 : Long.parseLong(ticks[i]);
    }
    return busy * 10;
  }
}
