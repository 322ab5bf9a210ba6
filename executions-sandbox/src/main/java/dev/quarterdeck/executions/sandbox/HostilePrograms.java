package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.HostileProgram.Neighbour;
import dev.quarterdeck.settings.toml.Toml;
import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlBoolean;
import dev.quarterdeck.settings.toml.TomlInteger;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlResult;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the hostile programs, which are data: one file a family, under `abuse` of the resources.
final class HostilePrograms {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "language",
          "source",
          "verdicts",
          "verdicts_without_groups",
          "evidence",
          "probe",
          "limits",
          "neighbour",
          "neighbour_runs",
          "architecture",
          "without_namespaces");

  private static final Set<String> CHANGES =
      Set.of("source", "verdicts", "evidence", "probe", "neighbour", "open");

  /// Names of places that a program without a mount namespace has beside its working directory.
  private static final Pattern PLACES = Pattern.compile("(?<![\\w.])/(tmp(?!/\\.X11)|box)");

  private static final String LOOKS_INSIDE =
      "look = lambda path: os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))\n";

  private static final Set<String> LIMITS =
      Set.of("wall_seconds", "compile_millis", "memory_mib", "file_mib", "disk_mib");

  private final String family;
  private final TomlTable table;

  /// What differs where there are no namespaces; absent when that is not asked for.
  private final Optional<TomlTable> changes;

  private HostilePrograms(String family, TomlTable table, boolean namespaces) {
    this.family = family;
    this.table = table;
    this.changes =
        namespaces
            ? Optional.empty()
            : Optional.of(
                table.get("without_namespaces") instanceof TomlTable given
                    ? given
                    : TomlTable.of(Map.of()));
  }

  /// The kinds of attacks, each in a file of its own.
  static List<String> families() {
    return List.of(resource("index.txt").strip().split("\n", -1));
  }

  /// All programs for an architecture, in the order of their files.
  ///
  /// @throws IllegalStateException naming the file, the place and what was expected
  static List<HostileProgram> all(Architecture architecture) {
    return all(architecture, true);
  }

  /// The same programs.
  ///
  /// @param namespaces whether they are for a sandbox of namespaces; else for level L1, where they
  ///   know other places, try other things, and some succeed
  static List<HostileProgram> all(Architecture architecture, boolean namespaces) {
    List<HostileProgram> programs = new ArrayList<>();
    for (String family : families()) {
      programs.addAll(read(family, resource(family + ".toml"), architecture, namespaces));
    }
    return List.copyOf(programs);
  }

  static List<HostileProgram> read(String family, String text, Architecture architecture) {
    return read(family, text, architecture, true);
  }

  private static List<HostileProgram> read(
      String family, String text, Architecture architecture, boolean namespaces) {
    TomlResult result = Toml.parse(text.getBytes(StandardCharsets.UTF_8));
    if (!result.ok()) {
      throw new IllegalStateException(family + ".toml: " + result.errors().getFirst());
    }
    if (!(result.root().get("program") instanceof TomlArray array)) {
      throw new IllegalStateException(family + ".toml: program: missing (expected: [[program]])");
    }
    List<HostileProgram> programs = new ArrayList<>();
    for (TomlNode element : array.elements()) {
      HostilePrograms reader = new HostilePrograms(family, (TomlTable) element, namespaces);
      String only = reader.string("architecture", "");
      if (only.isEmpty() || only.equals(architecture.name().toLowerCase(Locale.ROOT))) {
        programs.add(reader.program());
      }
    }
    return programs;
  }

  private static String resource(String name) {
    try (InputStream stream = HostilePrograms.class.getResourceAsStream("abuse/" + name)) {
      if (stream == null) {
        throw new IllegalStateException(
            "abuse/" + name + " is not among the resources of this program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private HostileProgram program() {
    known(table, KEYS);
    if (changes.isPresent()) {
      known(changes.get(), CHANGES);
    }
    String language = string("language", "python");
    Set<Verdict> verdicts = verdicts("verdicts");
    boolean changed = changes.isPresent() && changes.get().get("verdicts") != null;
    boolean counted = changed || table.get("verdicts_without_groups") == null;
    return new HostileProgram(
        family,
        string("name", null),
        language,
        source("source", language),
        verdicts,
        counted ? verdicts : verdicts("verdicts_without_groups"),
        string("evidence", ""),
        value("probe") instanceof TomlBoolean probe && probe.value(),
        limits(),
        limits("compile_millis").map(Duration::ofMillis).orElse(RunOrder.USUAL_COMPILE_TIME),
        neighbour(),
        changes.isPresent() ? string("open", "") : "");
  }

  /// What a key says, first of all where there are no namespaces.
  private @Nullable TomlNode value(String key) {
    @Nullable TomlNode changed = changes.isPresent() ? changes.get().get(key) : null;
    return changed == null ? table.get(key) : changed;
  }

  private byte[] source(String key, String language) {
    String text = string(key, null);
    if (changes.isPresent()) {
      text = LOOKS_INSIDE.repeat(language.equals("python") ? 1 : 0) + elsewhere(text);
    }
    return HostileProgram.bytes(language.equals("python") ? resource("prelude.py") + text : text);
  }

  private static String elsewhere(String text) {
    return PLACES
        .matcher(text)
        .replaceAll(place -> place.group(1).startsWith("tmp") ? "." : "../box");
  }

  private Set<Verdict> verdicts(String key) {
    if (!(value(key) instanceof TomlArray array) || array.elements().isEmpty()) {
      throw fault(key, "missing (expected: an array of verdicts)");
    }
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    for (TomlNode element : array.elements()) {
      verdicts.add(Verdict.valueOf(((TomlString) element).value().toUpperCase(Locale.ROOT)));
    }
    return verdicts;
  }

  private Optional<Neighbour> neighbour() {
    if (table.get("neighbour") == null) {
      return Optional.empty();
    }
    String runs = string("neighbour_runs", null);
    if (!runs.equals("before") && !runs.equals("beside")) {
      throw fault("neighbour_runs", runs + " (expected: before or beside)");
    }
    return Optional.of(new Neighbour(source("neighbour", "python"), runs.equals("beside")));
  }

  private RunLimits limits() {
    RunLimits usual = HostileProgram.LIMITS;
    return new RunLimits(
        limits("wall_seconds").map(Duration::ofSeconds).orElse(usual.wallTime()),
        usual.cpuTime(),
        limits("memory_mib").map(mib -> mib << 20).orElse(usual.memoryBytes()),
        usual.cpuMillis(),
        usual.processes(),
        limits("file_mib").map(mib -> mib << 20).orElse(usual.fileBytes()),
        limits("disk_mib").map(mib -> mib << 20).orElse(usual.diskBytes()),
        usual.files(),
        usual.outputBytes());
  }

  private Optional<Long> limits(String key) {
    @Nullable TomlNode node = table.get("limits");
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof TomlTable limits)) {
      throw fault("limits", node.kind() + " (expected: a table)");
    }
    known(limits, LIMITS);
    @Nullable TomlNode value = limits.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof TomlInteger number)) {
      throw fault("limits", key + " is no number (expected: an integer)");
    }
    return Optional.of(number.value());
  }

  private void known(TomlTable within, Set<String> keys) {
    for (String key : within.entries().keySet()) {
      if (!keys.contains(key)) {
        throw fault(key, "unknown key (expected: one of " + keys.stream().sorted().toList() + ")");
      }
    }
  }

  private String string(String key, @Nullable String otherwise) {
    if (value(key) instanceof TomlString string) {
      return string.value();
    }
    if (otherwise == null) {
      throw fault(key, "missing or no string (expected: a string)");
    }
    return otherwise;
  }

  private IllegalStateException fault(String key, String what) {
    return new IllegalStateException(
        family + ".toml at " + table.span() + ": " + key + ": " + what);
  }
}
