package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

/// Loads 100 keys of one file and an environment, with nothing wrong, with 100 faults of one kind,
/// or among 6,000 variables that are none of its own.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FaultLoad {
  /// What is given beside, or instead of, the sound file.
  public enum Given {
    NOTHING_WRONG,
    WRONG_TYPES,
    UNKNOWN_KEYS,
    STRAY_VARIABLES
  }

  private static final int STRAY = 6000;

  @Param Given given = Given.NOTHING_WRONG;

  private Path file = Path.of("");
  private Map<String, String> environment = Map.of();

  @Setup
  public void write() throws IOException {
    Workload workload = Workload.write(Files.createTempDirectory("workload"), 100);
    file = workload.file("base.toml");
    environment = new HashMap<>();
    String text = Files.readString(file);
    switch (given) {
      case NOTHING_WRONG -> {}
      case WRONG_TYPES -> Files.writeString(file, text.replaceAll("(?m) = .*$", " = {}"));
      case UNKNOWN_KEYS ->
          Files.writeString(file, text.replaceAll("(?m)^(\\w+)( = .*)$", "$1$2\n$1x$2"));
      case STRAY_VARIABLES -> {
        for (int i = 0; i < STRAY; i++) {
          environment.put("STRAY_NAME_" + i, "value " + i);
        }
      }
    }
    int faults = check().faults().size();
    boolean faulty = given == Given.WRONG_TYPES || given == Given.UNKNOWN_KEYS;
    if (faults != (faulty ? 100 : 0)) {
      throw new IllegalStateException(given + ": " + faults + " faults");
    }
  }

  @Benchmark
  public Checkup<Hundred> check() {
    return Settings.of(HundredBinder.INSTANCE).toml(file).environment(environment).check();
  }
}
