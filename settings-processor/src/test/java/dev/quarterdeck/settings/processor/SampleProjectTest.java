package dev.quarterdeck.settings.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The library as a program of somebody else uses it: from its jars, with nothing beside them.
@Tag("slow")
class SampleProjectTest {
  private static final Path SAMPLE = Path.of("../settings/src/it/sample");
  private static final String IMPORTS =
      "import dev.quarterdeck.settings.*; import java.nio.file.Path; import java.time.Duration;\n";

  @TempDir Path directory;

  private record Ended(int exitCode, String out, String err) {}

  private Ended java(Path home, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("the sample does not end");
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sampleIsBuiltAndRunFromTheJarsAlone(boolean modular)
      throws IOException, InterruptedException {
    Jars jars = new Jars(directory);
    Path classes = directory.resolve("classes of the sample");
    jars.compile(SAMPLE.resolve("src"), classes, modular);
    String path = jars.settings() + java.io.File.pathSeparator + classes;
    String[] start =
        modular
            ? new String[] {"-p", path, "-m", "org.example.sample/org.example.sample.Main"}
            : new String[] {"-cp", path, "org.example.sample.Main"};
    String[] broken = new String[start.length + 1];
    System.arraycopy(start, 0, broken, 0, start.length);
    broken[start.length] = "pool.least=21";

    Ended good = java(SAMPLE, Map.of("SAMPLE_DATABASE_PASSWORD", "not to be seen"), start);
    Ended bad = java(SAMPLE, Map.of("SAMPLE_PROT", "1"), broken);

    assertThat(good.err()).isEmpty();
    assertThat(good.out())
        .isEqualTo(
            """
            port               8443       config.toml:1:8
            timeout            90s        config.toml:2:11
            callers            alice,bob  config.toml:3:11
            reports            -          not set
            database_password  <secret>   environment variable SAMPLE_DATABASE_PASSWORD
            pool.least         2          default
            pool.most          20         config.toml:6:8
            AppSettings[port=8443, timeout=PT1M30S, callers=[alice, bob], reports=Optional.empty, \
            databasePassword=<secret>, pool=Pool[least=2, most=20]]
            """);
    assertThat(good.exitCode()).isZero();
    assertThat(bad.exitCode()).isEqualTo(78);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err())
        .startsWith("The settings have 2 problems:")
        .contains("--set pool.least: pool.least: 21 (expected: at most most) [settings.rule]")
        .contains("  with: pool.most = 20 (config.toml:6:8)")
        .contains("database_password: not set, and without default")
        .contains("did you mean SAMPLE_PORT?")
        .doesNotContain("\tat ");
  }

  @Test
  void quickStartOfTheReadmeRuns() throws IOException, InterruptedException {
    String[] parts = text(Path.of("../settings/README.md")).split("```(java)?\n", -1);
    Path sources = Files.createDirectories(directory.resolve("quick/p"));
    Files.writeString(sources.resolve("AppSettings.java"), "package p;" + IMPORTS + parts[1]);
    Files.writeString(
        sources.resolve("Main.java"),
        "package p;%sclass Main { static void main() { %s IO.println(loaded.value()); } }"
            .formatted(IMPORTS, parts[3]));
    Jars jars = new Jars(directory);
    Path classes = directory.resolve("classes");
    jars.compile(directory.resolve("quick"), classes, false);
    Files.writeString(sources.resolve("config.toml"), "port = 81\n");
    String path = jars.settings() + java.io.File.pathSeparator + classes;

    Ended ended = java(sources, Map.of("DATABASE_PASSWORD", "pw"), "-cp", path, "p.Main");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo("AppSettings[port=81, timeout=PT30S, databasePassword=<secret>]\n");
  }

  @Test
  void jarNeedsNothingAtRunTime() throws IOException {
    Jars jars = new Jars(directory);
    ModuleDescriptor module =
        ModuleFinder.of(jars.settings()).findAll().iterator().next().descriptor();
    Set<String> required = new HashSet<>();
    for (Requires one : module.requires()) {
      if (!one.modifiers().contains(Requires.Modifier.STATIC)) {
        required.add(one.name());
      }
    }

    assertThat(module.name()).isEqualTo("dev.quarterdeck.settings");
    assertThat(required).containsExactly("java.base");
    assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactlyInAnyOrderElementsOf(packages(jars.settings()));
    try (JarFile jar = new JarFile(jars.settings().toFile())) {
      Manifest manifest = jar.getManifest();
      assertThat(manifest.getMainAttributes().getValue("Class-Path")).isNull();
      assertThat(jar.stream().filter(entry -> entry.getName().endsWith(".jar"))).isEmpty();
    }
  }

  private static Set<String> packages(Path file) throws IOException {
    Set<String> packages = new TreeSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && name.contains("/"))
          .forEach(
              name -> packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
    }
    return packages;
  }

  @Test
  void pomOfTheLibraryBringsNoDependency() throws IOException {
    for (String pom : List.of("../settings/pom.xml", "../pom.xml")) {
      String own = text(Path.of(pom)).replaceAll("(?s)<(dependencyManagement|build)>.*?</\\1>", "");
      Matcher dependencies = Pattern.compile("(?s)<dependency>(.*?)</dependency>").matcher(own);
      while (dependencies.find()) {
        assertThat(dependencies.group(1)).containsPattern("<scope>(test|provided)</scope>");
      }
    }
  }
}
