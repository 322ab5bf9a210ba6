package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.nio.file.Path;

/// The first load in a fresh JVM: prints its time in nanoseconds, measured within the process.
public final class FirstLoad {
  private FirstLoad() {}

  /// Takes a library, the directory of the workloads, a number of keys.
  public static void main(String[] args) throws IOException {
    Workload workload = Workload.of(Path.of(args[1]), Integer.parseInt(args[2]));
    Library library = Library.Name.valueOf(args[0]).open();
    long start = System.nanoTime();
    Object loaded = library.load(workload);
    long nanos = System.nanoTime() - start;
    if (!(loaded instanceof Record)) {
      throw new IllegalStateException("nothing was loaded");
    }
    System.out.println(nanos);
  }
}
