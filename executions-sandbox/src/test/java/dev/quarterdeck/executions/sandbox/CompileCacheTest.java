package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.Compilation.Origin;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.CompileCache.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCacheTest {
  @TempDir private Path directory = Path.of("");

  private static RunOrder order(String source, List<SourceFile> files, String batch) {
    return new RunOrder(
        "cache",
        "c",
        "",
        source.getBytes(StandardCharsets.UTF_8),
        files,
        List.of("argument"),
        new byte[0],
        Map.of(),
        RunOrder.USUAL_COMPILE_TIME,
        SandboxFixture.LIMITS,
        new FilesOut(List.of("out"), 5, 10_000),
        false,
        batch);
  }

  private static SandboxFixture.Outcome run(SandboxFixture fixture, String source)
      throws SandboxException {
    SandboxFixture.Outcome outcome = fixture.run(order(source, List.of(), ""));
    assertThat(outcome.result().verdict()).as(outcome.stderr()).isEqualTo(Verdict.COMPLETED);
    return outcome;
  }

  private static Compilation compilation(SandboxFixture.Outcome outcome) {
    return outcome.result().compilation().orElseThrow();
  }

  @Test
  void compilesTheSameProgramOnceAndSaysAgainWhatTheCompilerSaid() throws SandboxException {
    String source =
        "#include <stdio.h>\n#warning careful\n"
            + "int main(int n, char**a){FILE*f=fopen(\"out\",\"w\");fputs(a[1],f);fclose(f);"
            + "fputs(\"err\",stderr);return 0;}";
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("sandbox"))) {
      SandboxFixture.Outcome first = run(fixture, source);
      SandboxFixture.Outcome second = run(fixture, source);

      assertThat(compilation(first).origin()).isEqualTo(Origin.COMPILER);
      assertThat(compilation(second).origin()).isEqualTo(Origin.CACHE);
      assertThat(second.stderr()).isEqualTo(first.stderr()).contains("#warning careful");
      assertThat(compilation(second).outputBytes()).isEqualTo(compilation(first).outputBytes());
      for (SandboxFixture.Outcome each : List.of(first, second)) {
        assertThat(each.result().files().files())
            .extracting(SourceFile::name)
            .containsExactly("out");
        assertThat(each.result().files().files().getFirst().content())
            .asString(StandardCharsets.UTF_8)
            .isEqualTo("argument");
      }
      assertThat(fixture.sandbox.counters())
          .containsEntry("compile_cache_hits_total", 1L)
          .containsEntry("compile_cache_misses_total", 1L)
          .containsEntry("compile_cache_entries", 1L);

      run(fixture, source + "\n");
      assertThat(fixture.sandbox.counters()).containsEntry("compile_cache_misses_total", 2L);
    }
  }

  @Test
  void neverSharesWhatWasToldTheTimeOrDidNotCompile() throws SandboxException {
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("sandbox"))) {
      String time = "#include <stdio.h>\nint main(void){puts(__TIME__);return 0;}";
      run(fixture, time);
      assertThat(compilation(run(fixture, time)).origin()).isEqualTo(Origin.COMPILER);
      String header = "#include \"h.h\"\nint main(void){return 0;}";
      List<SourceFile> files =
          List.of(new SourceFile("h.h", "// __DATE__".getBytes(StandardCharsets.UTF_8)));
      fixture.run(order(header, files, ""));
      assertThat(compilation(fixture.run(order(header, files, ""))).origin())
          .isEqualTo(Origin.COMPILER);
      fixture.run(order("int main(", List.of(), ""));
      assertThat(fixture.sandbox.counters()).containsEntry("compile_cache_entries", 0L);
    }
  }

  @Test
  void givesAProgramNoWayToChangeWhatIsKept() throws SandboxException {
    String source =
        "#include <stdio.h>\nint main(void){puts(\"honest\");FILE*f=fopen(\"/build/main\",\"r+\");"
            + "if(!f){remove(\"/build/main\");f=fopen(\"/build/main\",\"w\");}"
            + "fputs(\"forged\",f);return 0;}";
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("sandbox"))) {
      run(fixture, source);
      SandboxFixture.Outcome second = run(fixture, source);
      assertThat(compilation(second).origin()).isEqualTo(Origin.CACHE);
      assertThat(second.stdout()).isEqualTo("honest\n");
    }
  }

  @Test
  void compilesOnceForABatchEvenWhereNothingMayBeShared() throws SandboxException {
    String source = "#include <stdio.h>\nint main(void){puts(__TIME__);return 0;}";
    LocalSandboxSettings none =
        LocalSandboxSettings.of(directory.resolve("sandbox"), "L2", 2).withCompileCacheBytes(0);
    try (SandboxFixture fixture = new SandboxFixture(none)) {
      SandboxFixture.Outcome first = fixture.run(order(source, List.of(), "batch"));
      SandboxFixture.Outcome second = fixture.run(order(source, List.of(), "batch"));
      assertThat(first.result().compilation()).isPresent();
      assertThat(second.result().compilation()).isEmpty();
      assertThat(second.stdout()).isEqualTo(first.stdout());
      fixture.sandbox.release("batch");
      assertThat(fixture.run(order(source, List.of(), "batch")).result().compilation()).isPresent();
    }
  }

  @Test
  void keepsToItsSizeAndDropsWhatWasNotUsedForLongest() throws IOException {
    CompileCache cache = new CompileCache(directory.resolve("cache"), 10_000);
    for (String key : List.of("a", "b", "c", "d")) {
      cache.put(key, new Build(new byte[2300], new byte[0]));
    }
    assertThat(cache.find("a")).isPresent();
    cache.put("e", new Build(new byte[2300], "said".getBytes(StandardCharsets.UTF_8)));
    cache.put("too large", new Build(new byte[2600], new byte[0]));

    assertThat(cache.find("b")).isEmpty();
    assertThat(cache.find("too large")).isEmpty();
    assertThat(cache.find("a")).isPresent();
    assertThat(cache.find("e").orElseThrow().messages()).asString().isEqualTo("said");
    assertThat(cache.counters().get("compile_cache_bytes")).isLessThanOrEqualTo(10_000L);
    try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "c", "d", "e");
    }
  }

  @Test
  void usesNothingThatIsNotAsItWasWritten() throws IOException {
    CompileCache cache = new CompileCache(directory.resolve("cache"), 10_000);
    cache.put("cut", new Build(new byte[1000], new byte[0]));
    cache.put("gone", new Build(new byte[1000], new byte[0]));
    Path cut = directory.resolve("cache/cut");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 500));
    Files.delete(directory.resolve("cache/gone"));

    assertThat(cache.find("cut")).isEmpty();
    assertThat(cache.find("gone")).isEmpty();
    assertThat(cache.counters()).containsEntry("compile_cache_entries", 0L);
  }
}
