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
/// cold, and with sandboxes ready), and over HTTP; beside bubblewrap with the least that isolates,
/// `isolate` when it is installed and every server with Piston's API whose address is given. Each
/// row of a language first runs so often to warm up; those runs are thrown away. Any error or
/// refused answer voids the run.
///
/// Arguments: the launcher, then `runs=N`, `warm=N`, `languages=python,bash`, `clients=1,8`,
/// `rows=` with the beginnings of the rows wanted (the first row is always there), and addresses.
final class ExecutionsBenchmark {
  private static final int SLOTS = 2 * Runtime.getRuntime().availableProcessors();
  private static final int WARMING_CLIENTS = 4;

  /// Something that runs a hello world.
  private interface Row {
    void run(HelloWorld hello) throws IOException, InterruptedException;
  }

  private final int runs;
  private final int warm;
  private final List<HelloWorld> languages;
  private final List<Integer> clients;
  private final List<String> wanted;
  private final LinkedHashMap<String, Row> rows = new LinkedHashMap<>();

  private ExecutionsBenchmark(
      int runs, int warm, List<HelloWorld> languages, List<Integer> clients, List<String> wanted) {
    this.runs = runs;
    this.warm = warm;
    this.languages = languages;
    this.clients = clients;
    this.wanted = wanted;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = 200;
    int warm = 1000;
    List<String> wanted = List.of("");
    List<HelloWorld> languages = HelloWorld.ALL;
    List<Integer> clients = List.of(1, 2, 8, 32);
    List<URI> rivals = new ArrayList<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith("runs=")) {
        runs = Integer.parseInt(value);
      } else if (argument.startsWith("warm=")) {
        warm = Integer.parseInt(value);
      } else if (argument.startsWith("rows=")) {
        wanted = List.of(value.split(",", -1));
      } else if (argument.startsWith("languages=")) {
        languages = Stream.of(value.split(",", -1)).map(HelloWorld::named).toList();
      } else if (argument.startsWith("clients=")) {
        clients = Stream.of(value.split(",", -1)).map(Integer::valueOf).toList();
      } else {
        rivals.add(URI.create(argument));
      }
    }
    Path directory = Files.createTempDirectory("quarterdeck-hello");
    ExecutionsBenchmark benchmark = new ExecutionsBenchmark(runs, warm, languages, clients, wanted);
    try (ServerProcess server = ServerProcess.start(Path.of(arguments[0]));
        SandboxAlone cold = new SandboxAlone(directory, SLOTS, 0);
        SandboxAlone ready = new SandboxAlone(directory, SLOTS, SLOTS + 2)) {
      benchmark.addRows(new BareRival(directory), cold, ready, server.address(), rivals);
      benchmark.measure(ready, server);
    } finally {
      ServerProcess.delete(directory);
    }
  }

  private void addRows(
      BareRival bare, SandboxAlone cold, SandboxAlone ready, URI server, List<URI> rivals)
      throws IOException, InterruptedException {
    ExecutionClient client = ExecutionClient.login(server);
    rows.put("bare", bare::run);
    if (LeanBubblewrap.isInstalled()) {
      rows.put("lean bubblewrap", new LeanBubblewrap(bare.directory(), cold.directory())::run);
    }
    rows.put("sandbox cold", cold::run);
    rows.put("sandbox ready", ready::run);
    rows.put("HTTP one call", client::runAndWait);
    rows.put("HTTP events", client::submitAndWatch);
    if (BareRival.hasIsolate()) {
      rows.put("isolate", bare::isolated);
    }
    for (URI rival : rivals) {
      rows.put(rival.toString(), ExecutionClient.piston(rival)::pistonExecute);
    }
    String first = rows.firstEntry().getKey();
    rows.keySet().removeIf(row -> !row.equals(first) && wanted.stream().noneMatch(row::startsWith));
    System.out.println("sandbox level " + ready.level() + ", " + SLOTS + " at once");
    System.out.printf(
        "%d runs of each row and language before, thrown away; CPU ms per run: of the machine,%n"
            + "of the server's own process, of this process%n",
        warm);
  }

  private void measure(SandboxAlone ready, ServerProcess server)
      throws IOException, InterruptedException {
    System.out.println(
        "language clients  row                  p50 ms   p99 ms  per second  CPU ms  server"
            + "  client  p50/bare  rate/bare");
    for (HelloWorld hello : languages) {
      for (Row row : rows.values()) {
        Load.measure(WARMING_CLIENTS, warm, () -> row.run(hello));
      }
      for (int at : clients) {
        Timings floor = null;
        for (Map.Entry<String, Row> row : rows.entrySet()) {
          ProcessorTime before = ProcessorTime.now(server.pid());
          Timings timings = Load.measure(at, runs, () -> row.getValue().run(hello));
          ProcessorTime spent = ProcessorTime.now(server.pid()).since(before);
          floor = floor == null ? timings : floor;
          print(hello.language(), at, row.getKey(), timings, spent, floor);
          if (row.getKey().equals("sandbox ready") && at == 1) {
            measureWaiting(hello, ready, server, floor);
          }
        }
      }
    }
  }

  /// A run that comes when its sandbox waits: the time to get the next one ready is not counted,
  /// but its processor time is.
  private void measureWaiting(
      HelloWorld hello, SandboxAlone ready, ServerProcess server, Timings floor)
      throws IOException, InterruptedException {
    ready.awaitReady();
    ready.firstByteMillis();
    ProcessorTime before = ProcessorTime.now(server.pid());
    Timings timings = Load.measureAlone(runs, ready::awaitReady, () -> ready.run(hello));
    ProcessorTime spent = ProcessorTime.now(server.pid()).since(before);
    print(hello.language(), 1, "sandbox waiting", timings, spent, floor);
    System.out.printf(
        Locale.ROOT,
        "%-8s first byte of output after %.2f ms (mean), runtimes that wait take %d MiB%n",
        "",
        ready.firstByteMillis(),
        ready.idleBytes() >> 20);
  }

  private static void print(
      String language,
      int clients,
      String row,
      Timings timings,
      ProcessorTime spent,
      Timings floor) {
    double runs = timings.sorted().length;
    System.out.printf(
        Locale.ROOT,
        "%-8s %7d  %-18s %8.2f %8.2f %11.1f %7.1f %7.1f %7.1f %9.2f %10.2f%n",
        language,
        clients,
        row,
        timings.medianMillis(),
        timings.p99Millis(),
        timings.perSecond(),
        spent.machineMillis() / runs,
        spent.otherMillis() / runs,
        spent.ownMillis() / runs,
        timings.medianMillis() / floor.medianMillis(),
        timings.perSecond() / floor.perSecond());
  }
}
