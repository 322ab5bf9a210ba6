package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.CollectedFiles;
import java.util.Optional;

/// What came out of a sandbox through its descriptor for files.
///
/// @param build archive of what the compiler made, when it was asked for and is whole
/// @param files what the program handed back
record Transferred(Optional<byte[]> build, CollectedFiles files) {
  /// Nothing came out of it.
  static Transferred nothing(Task task, String reason) {
    return new Transferred(Optional.empty(), CollectedFiles.noneOf(task.out(), reason));
  }

  /// Takes apart what the stage wrote.
  ///
  /// @param written from the end of what went in
  static Transferred read(byte[] written, Task task, StageReport report) {
    int buildEnd = 0;
    Optional<byte[]> build = Optional.empty();
    if (task.keeper().isPresent() && report.built().isPresent()) {
      buildEnd = TarReader.end(written);
      if (report.built().get() != 0 || buildEnd == 0) {
        return nothing(task, "what the compiler made did not fit");
      }
      build = Optional.of(java.util.Arrays.copyOf(written, buildEnd));
    }
    CollectedFiles files =
        task.out().any() && report.run().isPresent()
            ? Collection.read(
                java.util.Arrays.copyOfRange(written, buildEnd, written.length), task.out())
            : CollectedFiles.noneOf(task.out(), "the program did not come to its end");
    return new Transferred(build, files);
  }
}
