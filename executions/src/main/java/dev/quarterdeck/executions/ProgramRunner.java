package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Stream;
import dev.quarterdeck.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the program of an execution in the sandbox, once, or once for each of its cases.
final class ProgramRunner {
  private static final Logger log = LoggerFactory.getLogger(ProgramRunner.class);

  /// A batch may take so many times what one run may: of wall time, and of output.
  static final int BATCH_FACTOR = 10;

  private final RunLimits limits;
  private final RunSettings settings;
  private final Sandbox sandbox;
  private final OutputLog output;
  private final Signals signals;
  private final RunFiles files;
  private final Soon soon;

  ProgramRunner(
      RunLimits limits,
      RunSettings settings,
      Sandbox sandbox,
      OutputLog output,
      Signals signals,
      RunFiles files,
      Soon soon) {
    this.limits = limits;
    this.settings = settings;
    this.sandbox = sandbox;
    this.output = output;
    this.signals = signals;
    this.files = files;
    this.soon = soon;
  }

  /// Whether somebody wants to see that a program runs, before it has shown anything: who watches
  /// it, or talks with it.
  boolean claimsAtOnce(Execution execution) {
    return signals.watched(execution.id())
        || execution.program().input() == Program.Input.INTERACTIVE
        || !execution.program().cases().isEmpty();
  }

  /// How long a run of this program may take at most, all cases together.
  Duration longest(Program program) {
    return program.cases().isEmpty()
        ? limits.wallTime()
        : limits.wallTime().multipliedBy(BATCH_FACTOR + 1);
  }

  /// Runs it to its end; nothing is stored before its claim is. Whatever fails becomes an outcome.
  Outcome run(Execution execution, int attempt, LiveRuns.Live slot, Claim claim)
      throws InterruptedException {
    String id = execution.id();
    OutputWriter writer =
        new OutputWriter(
            frames -> append(claim, frames),
            id,
            attempt,
            () -> signals.watched(id),
            () -> signals.output(id),
            slot::kill,
            soon::add);
    Outcome outcome;
    try (writer) {
      outcome =
          execution.program().cases().isEmpty()
              ? once(execution, attempt, slot, writer, claim)
              : batch(execution, slot, writer);
    } catch (SandboxException failed) {
      log.error("execution {}: the sandbox could not run it", id, failed);
      outcome = Outcome.withoutRun(Verdict.SANDBOX_ERROR, said(failed));
    } catch (StoreException broken) {
      log.error("execution {}: its files could not be stored", id, broken);
      outcome = Outcome.withoutRun(Verdict.SANDBOX_ERROR, "the files could not be stored");
    } catch (RuntimeException | Error fault) {
      log.error("execution {}: the sandbox failed", id, fault);
      outcome = Outcome.withoutRun(Verdict.SANDBOX_ERROR, "the sandbox failed; the log says more");
    }
    Optional<RuntimeException> lostOutput = writer.failure();
    if (lostOutput.isPresent()) {
      log.error("execution {}: its output could not be stored", id, lostOutput.get());
      return Outcome.withoutRun(Verdict.SANDBOX_ERROR, "the output could not be stored");
    }
    return outcome;
  }

  private void append(Claim claim, List<OutputLog.Frame> frames) {
    if (claim.await()) {
      output.append(frames);
    }
  }

  private Outcome once(
      Execution execution, int attempt, LiveRuns.Live slot, OutputWriter writer, Claim claim)
      throws SandboxException, InterruptedException {
    Program program = execution.program();
    Sandbox.Run run =
        sandbox.start(
            order(
                execution,
                program.stdin(),
                program.arguments(),
                new FilesOut(
                    program.outputs(),
                    settings.maxOutputFiles(),
                    settings.maxOutputFilesSize().bytes())),
            new LiveOutput(writer, slot));
    slot.started(run);
    RunResult result = run.await();
    List<LastOutput> last = finish(writer, result);
    if (!result.files().files().isEmpty() && claim.await()) {
      files.put(execution.id(), attempt, result.files().files());
    }
    return Outcome.of(result, writer.bytes(Stream.STDOUT), writer.bytes(Stream.STDERR), last);
  }

  /// A run that somebody stopped may run again, and one with a compiler tells its output apart
  /// while it runs: their output is in the log before they end.
  private static List<LastOutput> finish(OutputWriter writer, RunResult result) {
    if (result.verdict() == Verdict.CANCELLED || result.compilation().isPresent()) {
      writer.finish();
      return List.of();
    }
    return LastOutput.of(writer.finishButLast());
  }

  /// Takes output, and note of the end of the compiler.
  private record LiveOutput(OutputWriter writer, LiveRuns.Live slot) implements Sandbox.Output {
    @Override
    public void write(boolean stderr, byte[] bytes, int offset, int length) {
      writer.write(stderr, bytes, offset, length);
    }

    @Override
    public void compiled(long bytes) {
      slot.compiled(bytes);
    }
  }

  private Outcome batch(Execution execution, LiveRuns.Live slot, OutputWriter writer)
      throws SandboxException, InterruptedException {
    BatchOutcome batch = new BatchOutcome(execution.program().cases().size());
    try {
      cases(execution, slot, writer, batch);
    } finally {
      sandbox.release(execution.id());
    }
    writer.finish();
    return batch.outcome();
  }

  private void cases(
      Execution execution, LiveRuns.Live slot, OutputWriter writer, BatchOutcome batch)
      throws SandboxException, InterruptedException {
    Duration wall = Duration.ZERO;
    for (TestCase each : execution.program().cases()) {
      if (slot.killed()) {
        batch.cancelled();
      } else if (wall.compareTo(limits.wallTime().multipliedBy(BATCH_FACTOR)) > 0) {
        batch.cut(
            "the cases before took %d times the wall time of one run".formatted(BATCH_FACTOR));
      } else if (batch.outputBytes() > BATCH_FACTOR * limits.outputBytes()) {
        batch.cut("the cases before wrote %d times what one run may".formatted(BATCH_FACTOR));
      }
      if (batch.over()) {
        break;
      }
      Expected expected = new Expected(each, writer);
      Sandbox.Run run =
          sandbox.start(order(execution, each.stdin(), each.arguments(), FilesOut.NONE), expected);
      slot.started(run);
      RunResult result = run.await();
      batch.add(result, expected.stdoutBytes(), expected.stderrBytes(), expected.met());
      wall = wall.plus(result.wallTime());
    }
  }

  private RunOrder order(Execution execution, String stdin, List<String> arguments, FilesOut out) {
    Program program = execution.program();
    return new RunOrder(
        execution.id(),
        program.language(),
        program.version(),
        program.source().getBytes(StandardCharsets.UTF_8),
        program.files(),
        new ArrayList<>(arguments),
        stdin.getBytes(StandardCharsets.UTF_8),
        program.environment(),
        program.compileTime().orElse(RunOrder.USUAL_COMPILE_TIME),
        program.limits().map(wanted -> wanted.atMost(limits)).orElse(limits),
        out,
        program.input() == Program.Input.INTERACTIVE,
        program.cases().isEmpty() ? "" : execution.id());
  }

  private static String said(SandboxException failed) {
    return failed.getMessage() == null ? "the sandbox failed" : failed.getMessage();
  }
}
