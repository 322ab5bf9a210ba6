package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A sandbox in which one run takes place, however it was started: its streams, its processes, and
/// what is told of its end.
interface Enclosure {
  /// What the program writes to its standard output; ends when nobody can write any more.
  InputStream stdout();

  /// What the compiler and the program write to standard error.
  InputStream stderr();

  /// Standard input of the program; with a compiler, a line before it lets the program begin.
  OutputStream stdin();

  /// The process that lies around the run: the run is everything below it.
  long outer();

  Meter meter();

  /// What looks at the run's files.
  default FileWatch files(Task task) {
    return new DiskWatch(task, outer());
  }

  /// The program's first process, while there is one.
  default Optional<Long> program() {
    return ProcessTree.program(outer());
  }

  /// Waits for the end of the run.
  ///
  /// @return whether it has ended
  boolean await(long nanos) throws IOException, InterruptedException;

  /// Kills it from outside, for when nothing inside could be killed.
  void destroy();

  /// What the stage reported so far.
  StageReport report() throws IOException;

  /// How the outermost process ended and what it complained of, for a run without a report.
  String complaint() throws IOException;

  /// What came out of it through a descriptor; asked for when all its processes are gone. A runtime
  /// that waited has no such descriptor.
  default Transferred transferred(Task task) throws IOException {
    return Transferred.nothing(task, "this sandbox hands no files back");
  }

  /// Frees what the run took. All its processes are gone.
  void close() throws IOException;
}
