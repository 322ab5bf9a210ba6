package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything of a task that its sandbox is built from: tasks of one shape differ only in what can
/// be handed over when the sandbox is there.
///
/// @param limits those that the sandbox enforces; those that the server watches are one
record Shape(
    String language,
    WarmUp warmUp,
    String fileName,
    List<String> run,
    Map<String, String> environment,
    List<Path> binds,
    RunLimits limits) {
  /// The shape of a task for which a started runtime can be had.
  static Optional<Shape> of(Task task) {
    if (!task.warmUp().startsRuntime()
        || task.transfers()
        || task.hasBuild()
        || !task.variables().isEmpty()
        || task.program().length > Fifo.CAPACITY) {
      return Optional.empty();
    }
    RunLimits own = task.limits();
    RunLimits limits =
        new RunLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(own.cpuTime().toSeconds()),
            own.memoryBytes(),
            own.cpuMillis(),
            own.processes(),
            own.fileBytes(),
            own.diskBytes(),
            1,
            1);
    return Optional.of(
        new Shape(
            task.language(),
            task.warmUp(),
            task.fileName(),
            task.run(),
            task.environment(),
            task.binds(),
            limits));
  }

  /// What is started for it ahead.
  ///
  /// @param box what the sandbox sees as `/box`
  Task task(List<String> command, Path box) {
    return new Task(
        "waiting " + language,
        fileName,
        new byte[0],
        List.of(),
        List.of(),
        Duration.ZERO,
        command,
        environment,
        Map.of(),
        binds,
        new byte[0],
        limits,
        FilesOut.NONE,
        false,
        Optional.empty(),
        Optional.empty(),
        language,
        warmUp,
        Optional.of(box));
  }
}
