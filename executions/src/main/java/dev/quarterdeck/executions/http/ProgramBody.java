package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.Languages;
import dev.quarterdeck.executions.Program;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunSettings;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.TestCase;
import dev.quarterdeck.http.BodyFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a program out of the body of a request; what is wrong is added to the body's violations.
final class ProgramBody {
  private static final int SCRIPT_CHARACTERS = 50_000;
  private static final int STDIN_CHARACTERS = 1_000_000;
  private static final int CASES_CHARACTERS = 5_000_000;
  private static final int ARGUMENTS = 100;
  private static final int ARGUMENT_CHARACTERS = 4096;
  private static final int VARIABLES = 100;
  private static final int VARIABLE_CHARACTERS = 32_768;
  private static final int NAME_CHARACTERS = 100;
  private static final int FILES = 1000;
  private static final int FILE_CHARACTERS = 10_000_000;
  private static final List<String> ENCODINGS = List.of("utf8", "base64", "hex");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final BodyFields body;
  private final Languages languages;
  private final RunLimits most;
  private final RunSettings settings;

  ProgramBody(BodyFields body, Executions executions) {
    this.body = body;
    this.languages = executions.languages();
    this.most = executions.limits();
    this.settings = executions.run();
  }

  /// The program; worth nothing unless the body has no violations.
  Program read() {
    String language = body.string("lang", 1, NAME_CHARACTERS, Languages.DEFAULT);
    Optional<String> version = body.optionalString("lang_version", NAME_CHARACTERS);
    String script = body.string("script", 1, SCRIPT_CHARACTERS);
    Languages.Choice choice = new Languages.Choice("", "", "");
    if (!language.isEmpty()) {
      choice = languages.choose(language, version);
      if (!choice.field().isEmpty()) {
        body.violation(choice.field(), choice.message(), "unknown_" + choice.field());
      }
    }
    Optional<RunLimits> limits = limits(language);
    List<String> arguments = body.strings("args", ARGUMENTS, ARGUMENT_CHARACTERS);
    return new Program(
        language,
        choice.version(),
        script,
        files(limits.orElse(most)),
        arguments,
        body.string("stdin", 0, STDIN_CHARACTERS, ""),
        environment(),
        limits,
        compileTime(),
        outputs(),
        cases(arguments),
        body.bool("interactive", false) ? Program.Input.INTERACTIVE : Program.Input.AT_ONCE);
  }

  private List<String> outputs() {
    List<String> paths =
        body.strings("output_files", settings.maxOutputFiles(), SourceFile.NAME_CHARACTERS);
    for (String path : paths) {
      Optional<String> fault = SourceFile.fault(path);
      if (fault.isPresent()) {
        body.violation("output_files", "Output file: expected " + fault.get(), "output_file_name");
        return List.of();
      }
    }
    return paths;
  }

  private List<TestCase> cases(List<String> arguments) {
    List<TestCase> cases = new ArrayList<>();
    long characters = 0;
    for (BodyFields each : body.objects("cases", settings.maxCases())) {
      String stdin = each.string("stdin", 0, STDIN_CHARACTERS, "");
      characters += stdin.length();
      cases.add(
          new TestCase(
              stdin,
              each.has("args") ? each.strings("args", ARGUMENTS, ARGUMENT_CHARACTERS) : arguments,
              each.optionalString("expected_stdout", STDIN_CHARACTERS)));
      for (String name : each.others(List.of("stdin", "args", "expected_stdout"))) {
        each.violation(
            name, "Unknown field (expected: stdin, args, expected_stdout)", "case_field");
      }
    }
    if (characters > CASES_CHARACTERS) {
      body.violation(
          "cases",
          "The input of all cases should have at most " + CASES_CHARACTERS + " characters",
          "cases_too_large");
    }
    if (!cases.isEmpty()) {
      for (String name : List.of("stdin", "output_files", "interactive")) {
        if (body.has(name)) {
          body.violation(name, "Cannot be used together with cases", "cases_alone");
        }
      }
    }
    return cases;
  }

  private List<SourceFile> files(RunLimits limits) {
    List<SourceFile> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long bytes = 0;
    for (BodyFields each : body.objects("files", FILES)) {
      String name = each.string("name", 1, SourceFile.NAME_CHARACTERS);
      byte[] content = content(each);
      if (!name.isEmpty()) {
        SourceFile.fault(name)
            .ifPresent(
                expected -> each.violation("name", "File name: expected " + expected, "file_name"));
        if (!names.add(name)) {
          each.violation("name", "Another file has this name", "file_duplicate");
        } else if (names.stream().anyMatch(other -> nested(other, name) || nested(name, other))) {
          each.violation("name", "A file and a directory have the same name", "file_duplicate");
        }
      }
      bytes += content.length;
      files.add(new SourceFile(name, content));
    }
    if (bytes > limits.diskBytes() / 2 || files.size() > limits.files() / 2) {
      body.violation(
          "files",
          "Files should be at most %d bytes and %d in number: half of the disk that the run gets"
              .formatted(limits.diskBytes() / 2, limits.files() / 2),
          "files_too_large");
    }
    return files;
  }

  private static boolean nested(String file, String other) {
    return other.startsWith(file + "/");
  }

  private static byte[] content(BodyFields file) {
    String encoding = file.choice("encoding", ENCODINGS, "utf8");
    String text = file.string("content", 0, FILE_CHARACTERS);
    try {
      return switch (encoding) {
        case "base64" -> Base64.getDecoder().decode(text);
        case "hex" -> HexFormat.of().parseHex(text);
        default -> text.getBytes(StandardCharsets.UTF_8);
      };
    } catch (IllegalArgumentException wrong) {
      file.violation("content", "Content is not valid " + encoding, "file_encoding");
      return new byte[0];
    }
  }

  private Map<String, String> environment() {
    Map<String, String> variables = body.texts("env", VARIABLES, VARIABLE_CHARACTERS);
    for (String name : variables.keySet()) {
      if (!VARIABLE.matcher(name).matches() || name.length() > NAME_CHARACTERS) {
        body.violation(
            "env",
            "Names should be up to %d letters, digits and _, no digit first"
                .formatted(NAME_CHARACTERS),
            "env_name");
        return Map.of();
      }
    }
    return variables;
  }

  private Optional<RunLimits> limits(String language) {
    Optional<BodyFields> found = body.object("limits");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    BodyFields wanted = found.get();
    for (String name : wanted.others(LIMITS)) {
      wanted.violation(
          name, "Unknown limit (expected: one of " + String.join(", ", LIMITS) + ")", "limit_name");
    }
    Optional<Language> known =
        languages.active().stream().filter(each -> each.name().equals(language)).findFirst();
    long memoryFloor = known.map(Language::memoryFloor).orElse(1L);
    int processFloor = known.map(Language::processFloor).orElse(1);
    return Optional.of(
        new RunLimits(
            millis(wanted, "wall_time_ms", most.wallTime()),
            millis(wanted, "cpu_time_ms", most.cpuTime()),
            wanted.number("memory_bytes", memoryFloor, most.memoryBytes(), most.memoryBytes()),
            most.cpuMillis(),
            wanted.integer("processes", processFloor, most.processes(), most.processes()),
            wanted.number("file_bytes", 0, most.fileBytes(), most.fileBytes()),
            wanted.number("disk_bytes", 4096, most.diskBytes(), most.diskBytes()),
            wanted.integer("files", 1, most.files(), most.files()),
            wanted.number("output_bytes", 0, most.outputBytes(), most.outputBytes())));
  }

  private Optional<Duration> compileTime() {
    return body.has("compile_timeout_ms")
        ? Optional.of(millis(body, "compile_timeout_ms", Duration.ofHours(1)))
        : Optional.empty();
  }

  private static Duration millis(BodyFields fields, String name, Duration most) {
    return Duration.ofMillis(fields.number(name, 1, most.toMillis(), most.toMillis()));
  }

  private static final List<String> LIMITS =
      List.of(
          "wall_time_ms",
          "cpu_time_ms",
          "memory_bytes",
          "processes",
          "file_bytes",
          "disk_bytes",
          "files",
          "output_bytes");
}
