package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/// The languages that the sandbox knows, and which of them this host has.
final class Languages {
  private static final String INDEX = "languages/index.txt";

  /// A language as it is here.
  ///
  /// @param executable absolute path, empty when it was not found
  /// @param binds host paths to mount for it
  record Installed(
      LanguageDefinition definition, Language language, String executable, List<Path> binds) {}

  private final List<Installed> languages;

  private Languages(List<Installed> languages) {
    this.languages = languages;
  }

  /// Asks the host for each language, in parallel.
  ///
  /// @param memoryBytes memory limit of ordinary runs
  static Languages find(long memoryBytes) {
    List<Installed> found =
        definitions().parallelStream().map(definition -> look(definition, memoryBytes)).toList();
    return new Languages(
        found.stream()
            .sorted(
                Comparator.comparing((Installed i) -> !i.language().active())
                    .thenComparing(i -> i.language().name()))
            .toList());
  }

  static List<LanguageDefinition> definitions() {
    List<LanguageDefinition> definitions = new ArrayList<>();
    for (String name : new String(resource(INDEX), StandardCharsets.UTF_8).split("\n", -1)) {
      if (!name.isBlank()) {
        String file = "languages/" + name.strip() + ".toml";
        definitions.add(LanguageFile.read(file, resource(file)));
      }
    }
    return definitions;
  }

  static byte[] resource(String name) {
    try (InputStream stream = Languages.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not among the resources of this program");
      }
      return stream.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private record Candidate(String executable, String version) {}

  private static Installed look(LanguageDefinition definition, long memoryBytes) {
    Optional<Candidate> best = Optional.empty();
    for (String pattern : definition.executables()) {
      best =
          expand(pattern).stream()
              .flatMap(path -> version(definition, path.toString()).stream())
              .max(Comparator.comparing(Candidate::version, Languages::compareVersions));
      if (best.isPresent()) {
        break;
      }
    }
    String reason = "";
    if (best.isEmpty()) {
      reason = "not installed: " + definition.install();
    } else if (memoryBytes < definition.memoryFloor()) {
      reason =
          "needs a memory limit of "
              + (definition.memoryFloor() >> 20)
              + "Mi, has "
              + (memoryBytes >> 20)
              + "Mi";
    }
    Language language =
        new Language(
            definition.name(),
            reason.isEmpty() ? best.map(Candidate::version).stream().toList() : List.of(),
            definition.extension(),
            definition.example(),
            definition.aliases(),
            definition.memoryFloor(),
            definition.processFloor(),
            reason,
            !definition.compile().isEmpty());
    return new Installed(
        definition,
        language,
        best.map(Candidate::executable).orElse(""),
        definition.binds().stream().flatMap(bind -> expand(bind).stream()).toList());
  }

  private static Optional<Candidate> version(LanguageDefinition definition, String executable) {
    if (!Files.isExecutable(Path.of(executable))) {
      return Optional.empty();
    }
    List<String> command =
        definition.versionCommand().stream()
            .map(word -> word.replace("{executable}", executable))
            .toList();
    return HostTools.ask(command)
        .map(answer -> definition.version().matcher(answer.text()))
        .filter(Matcher::find)
        .map(matcher -> new Candidate(executable, matcher.group(1)));
  }

  /// The existing paths that a pattern names, one `*` in one part of it.
  static List<Path> expand(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return Files.exists(Path.of(pattern)) ? List.of(Path.of(pattern)) : List.of();
    }
    int from = pattern.lastIndexOf('/', star);
    int to = pattern.indexOf('/', star);
    String part = to < 0 ? pattern.substring(from + 1) : pattern.substring(from + 1, to);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> matches =
        Files.newDirectoryStream(Path.of(pattern.substring(0, from + 1)), part)) {
      for (Path match : matches) {
        Path path = to < 0 ? match : match.resolve(pattern.substring(to + 1));
        if (Files.exists(path)) {
          found.add(path);
        }
      }
    } catch (IOException absent) {
      return List.of();
    }
    return found;
  }

  private static int compareVersions(String a, String b) {
    String[] as = a.split("\\.", -1);
    String[] bs = b.split("\\.", -1);
    for (int i = 0; i < Math.min(as.length, bs.length); i++) {
      int order = Integer.compare(Integer.parseInt(as[i]), Integer.parseInt(bs[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(as.length, bs.length);
  }

  /// All languages, active ones first.
  List<Language> all() {
    return languages.stream().map(Installed::language).toList();
  }

  /// Host paths that need a mount point in the root directory.
  List<Path> binds() {
    return languages.stream().flatMap(i -> i.binds().stream()).distinct().toList();
  }

  /// A language by its name or an alias.
  Optional<Installed> named(String name) {
    return languages.stream()
        .filter(i -> i.definition().name().equals(name) || i.definition().aliases().contains(name))
        .findFirst();
  }
}
