package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the command lines of a run's parts at level L1. Each is a shell that sets the limits and
/// then becomes, by way of tools that give it a session of its own, take all capabilities and let
/// it die with the thread that started it, the part itself: nothing of ours stays beside it.
final class LandlockedParts {
  private static final int OPEN_FILES = 1024;

  /// The caches of compilers are of no use to the program.
  private static final String PACK =
      "exec tar --format=gnu --hard-dereference --exclude=./cache --exclude=./go -C ../build -cf -"
          + " . >&3";

  /// A linker makes its result executable by name, which the filter refuses. So a copy is made of
  /// something that is, and gets the contents.
  private static final String SETTLE =
      """
      [ -f "$0" ] && [ ! -h "$0" ] && [ ! -x "$0" ] || exit 0
      cp /bin/true ../build/.settled && cat "$0" >../build/.settled && mv ../build/.settled "$0"
      """;

  private final Task task;
  private final RunPlace place;
  private final Map<String, String> usual;
  private final long ownProcesses;

  /// @param usual the environment that every program has
  /// @param ownProcesses what the limit of processes of the server's user is set to
  LandlockedParts(Task task, RunPlace place, Map<String, String> usual, long ownProcesses) {
    this.task = task;
    this.place = place;
    this.usual = usual;
    this.ownProcesses = ownProcesses;
  }

  /// Takes the descriptors that the parts get.
  Domain.Steps steps(int input, int output, int errors, int transferred) {
    RunLimits limits = task.limits();
    Optional<Domain.Step> compile = Optional.empty();
    Optional<Domain.Step> settle = Optional.empty();
    Optional<Domain.Step> pack = Optional.empty();
    Map<Integer, Integer> streams = Map.of(0, input, 1, output, 2, errors);
    Map<Integer, Integer> handing = Map.of(2, errors, 3, transferred);
    long inside = 0;
    if (!task.compile().isEmpty()) {
      compile =
          Optional.of(
              part(
                  task.compile(),
                  task.compileTime(),
                  Map.of(),
                  place.build(),
                  limits.fileBytes(),
                  Map.of(1, errors, 2, errors)));
      String first = task.run().getFirst();
      if (first.startsWith("../build/")) {
        settle =
            Optional.of(tool(SETTLE, first, Confinement.buildBytes(limits), Map.of(2, errors)));
      }
      if (task.keeper().isPresent()) {
        pack = Optional.of(tool(PACK, "sh", CompileCache.ENTRY_BYTES, handing));
        inside += CompileCache.ENTRY_BYTES;
      }
    }
    Domain.Step run =
        part(
            task.run(),
            limits.cpuTime(),
            task.variables(),
            place.tmp(),
            Math.min(limits.fileBytes(), limits.diskBytes()),
            streams);
    Optional<Domain.Step> collect = Optional.empty();
    if (task.out().any()) {
      String script = Collection.script(task.out(), inside, "../tmp");
      collect =
          Optional.of(tool(script, "sh", inside + task.out().maxBytes() + (16L << 20), handing));
    }
    return new Domain.Steps(compile, settle, pack, run, collect);
  }

  /// A part that runs a script of ours.
  private Domain.Step tool(
      String script, String zero, long fileBytes, Map<Integer, Integer> descriptors) {
    return part(
        List.of("/bin/sh", "-c", script, zero),
        Duration.ofSeconds(10),
        Map.of(),
        place.tmp(),
        fileBytes,
        descriptors);
  }

  private Domain.Step part(
      List<String> command,
      Duration cpuTime,
      Map<String, String> variables,
      Path directory,
      long fileBytes,
      Map<Integer, Integer> descriptors) {
    Map<String, String> environment = new LinkedHashMap<>(usual);
    environment.putAll(task.environment());
    Map<String, String> here = new TreeMap<>(place.environment(environment));
    here.putAll(variables);
    StringBuilder script = new StringBuilder();
    script.append("IFS= read -r go <&").append(Domain.BEGIN).append(" || exit 125\nexec ");
    script
        .append(Domain.BEGIN)
        .append("<&-\ncd ")
        .append(Stage.quote(directory.toString()))
        .append(" || exit 125\n");
    script.append("ulimit -c 0\nulimit -n ").append(OPEN_FILES);
    script.append("\nulimit -f ").append((fileBytes + 511) / 512);
    script.append("\nulimit -t ").append(cpuTime.toSeconds() + 2).append('\n');
    either(script, "p", "u", Long.toString(ownProcesses));
    script.append("exec setsid setpriv --pdeathsig KILL --ambient-caps=-all --inh-caps=-all -- ");
    script.append("/usr/bin/env -i -- ");
    here.forEach((name, value) -> script.append(Stage.quote(name + "=" + value)).append(' '));
    script.append(command.stream().map(Stage::quote).collect(Collectors.joining(" ")));
    script.append(descriptors.containsKey(0) ? "\n" : " </dev/null\n");
    return new Domain.Step(List.of("/bin/sh", "-c", script.toString()), descriptors);
  }

  /// A limit that one shell calls by one letter and another by another.
  private static void either(StringBuilder script, String one, String other, String value) {
    script.append("ulimit -").append(one).append(' ').append(value).append(" 2>/dev/null || ");
    script.append("ulimit -").append(other).append(' ').append(value).append(" || exit 125\n");
  }
}
