package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Loads the workload again and again, files read anew each time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WarmLoad {
  @Param({"FLOOR", "QUARTERDECK", "AVAJE", "LIGHTBEND", "SMALLRYE", "SPRING", "GESTALT"})
  String library = "";

  @Param({"10", "100", "1000"})
  int keys;

  private Library opened = new Floor();
  private Workload workload = new Workload(0, Path.of(""), Map.of());

  @Setup
  public void open() throws IOException {
    workload = Workload.write(Files.createTempDirectory("workload"), keys);
    opened = Library.Name.valueOf(library).open();
  }

  @Benchmark
  public Object load() throws IOException {
    return opened.load(workload);
  }
}
