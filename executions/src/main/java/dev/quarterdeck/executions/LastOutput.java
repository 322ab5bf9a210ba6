package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import java.util.ArrayList;
import java.util.List;

/// A frame that a program wrote shortly before it ended. It is kept in the execution itself, so
/// that the end of a short run is one commit and its result one read.
///
/// @param sequence goes on where the frames of the output log end
public record LastOutput(long sequence, Stream stream, byte[] bytes) {
  private static final long FIRST = 1;

  static List<LastOutput> of(List<Frame> frames) {
    return frames.stream()
        .map(frame -> new LastOutput(frame.sequence(), frame.stream(), frame.bytes()))
        .toList();
  }

  /// The frames of an attempt from a sequence number on, in order: those of the output log, and
  /// after them those of the execution itself.
  ///
  /// @param maxBytes after so many bytes no further frame follows; one at least is there, if any is
  static List<Frame> read(
      OutputLog log, Execution execution, int attempt, long from, int maxBytes) {
    List<LastOutput> last =
        execution
            .finished()
            .filter(end -> end.attempt() == attempt)
            .map(end -> end.outcome().lastOutput())
            .orElse(List.of());
    if (last.isEmpty()) {
      return log.read(execution.id(), attempt, from, maxBytes);
    }
    long begin = last.getFirst().sequence();
    List<Frame> frames = new ArrayList<>();
    if (begin > FIRST && from < begin) {
      frames.addAll(log.read(execution.id(), attempt, from, maxBytes));
    }
    long next = frames.isEmpty() ? from : frames.getLast().sequence() + 1;
    long bytes = frames.stream().mapToLong(frame -> frame.bytes().length).sum();
    for (LastOutput each : last) {
      if (each.sequence == next) {
        bytes += each.bytes.length;
        if (bytes > maxBytes && !frames.isEmpty()) {
          break;
        }
        frames.add(new Frame(execution.id(), attempt, next, each.stream, each.bytes));
        next++;
      }
    }
    return frames;
  }
}
