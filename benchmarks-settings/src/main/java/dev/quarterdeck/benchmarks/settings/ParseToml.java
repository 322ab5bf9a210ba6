package dev.quarterdeck.benchmarks.settings;

import com.electronwill.nightconfig.toml.TomlParser;
import dev.quarterdeck.settings.toml.Toml;
import io.github.wasabithumb.jtoml.JToml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.dataformat.toml.TomlMapper;

/// Parses one TOML file from its bytes; ours keeps the place of every key and value.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseToml {
  @Param({"1000", "10000", "100000"})
  int keys;

  private byte[] bytes = new byte[0];
  private final TomlMapper jackson = new TomlMapper();

  @Setup
  public void generate() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < keys; i++) {
      if (i % 10 == 0) {
        text.append("\n[section").append(i / 10).append("]\n");
      }
      text.append(
          switch (i % 5) {
            case 0 -> "port" + i + " = " + (1000 + i) + "\n";
            case 1 -> "name" + i + " = \"a name with \\u00e9 " + i + "\"\n";
            case 2 -> "ratio" + i + " = " + i + ".25\n";
            case 3 -> "list" + i + " = [1, 2, 3, " + i + "]\n";
            default -> "on" + i + " = true\n";
          });
    }
    bytes = text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public Object quarterdeck() {
    return Toml.parse(bytes);
  }

  @Benchmark
  public Object jackson() {
    return jackson.readTree(bytes);
  }

  @Benchmark
  public Object tomlj() throws IOException {
    return org.tomlj.Toml.parse(new ByteArrayInputStream(bytes));
  }

  @Benchmark
  public Object nightConfig() {
    return new TomlParser().parse(new ByteArrayInputStream(bytes));
  }

  @Benchmark
  public Object jtoml() {
    return JToml.jToml().readFromString(new String(bytes, StandardCharsets.UTF_8));
  }
}
