package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.Program;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.runtime.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a program as Piston's clients send it. The first broken rule is answered, in Piston's
/// words where it has some.
final class PistonBody {
  private static final int FILES = 1000;

  private final JsonNode body;
  private final RunLimits most;

  PistonBody(JsonNode body, RunLimits most) {
    this.body = body;
    this.most = most;
  }

  /// The program.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 with what is wrong
  Program read(List<Language> languages) {
    return read(languages, Program.Input.AT_ONCE);
  }

  /// The same, with input at once or while it runs.
  Program read(List<Language> languages, Program.Input input) {
    String name = required("language");
    String version = required("version");
    @Nullable JsonNode files = body.get("files");
    if (files == null || !files.isArray() || files.isEmpty()) {
      throw wrong("files is required as an array");
    }
    if (files.size() > FILES) {
      throw wrong("files cannot have more than " + FILES + " items");
    }
    Runtime runtime = runtime(languages, name, version);
    List<SourceFile> sources = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      sources.add(file(files.get(i), i));
    }
    // The first one is the program, whatever its name; it lies under the name that its language
    // expects.
    String source = source(sources.getFirst());
    List<SourceFile> others = sources.subList(1, sources.size());
    checkNames(others);
    return new Program(
        runtime.language().name(),
        runtime.version(),
        source,
        others,
        arguments(),
        text("stdin"),
        Map.of(),
        Optional.of(limits(runtime.language())),
        Optional.of(millis("compile_timeout", Duration.ofHours(1))),
        List.of(),
        List.of(),
        input);
  }

  private static String source(SourceFile file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.content())).toString();
    } catch (CharacterCodingException invalid) {
      throw wrong("files[0].content is not UTF-8, as the program itself must be");
    }
  }

  private record Runtime(Language language, String version) {}

  private static Runtime runtime(List<Language> languages, String name, String version) {
    Optional<VersionRange> range = VersionRange.parse(version);
    if (range.isEmpty()) {
      throw wrong("version is no range of versions: " + shown(version));
    }
    for (Language language : languages) {
      if (language.name().equals(name) || language.aliases().contains(name)) {
        for (String candidate : language.versions()) {
          if (range.get().contains(candidate)) {
            return new Runtime(language, candidate);
          }
        }
      }
    }
    throw wrong(shown(name) + "-" + shown(version) + " runtime is unknown");
  }

  private static SourceFile file(JsonNode file, int index) {
    @Nullable JsonNode content = file.get("content");
    if (content == null || !content.isString()) {
      throw wrong("files[" + index + "].content is required as a string");
    }
    @Nullable JsonNode name = file.get("name");
    if (name != null && !name.isNull() && !name.isString()) {
      throw wrong("files[" + index + "].name must be a string");
    }
    @Nullable JsonNode encoding = file.get("encoding");
    String how = encoding == null || encoding.isNull() ? "utf8" : encoding.asString("");
    try {
      byte[] bytes =
          switch (how) {
            case "utf8" -> content.stringValue().getBytes(StandardCharsets.UTF_8);
            case "base64" -> Base64.getDecoder().decode(content.stringValue());
            case "hex" -> HexFormat.of().parseHex(content.stringValue());
            default ->
                throw wrong("files[" + index + "].encoding must be one of utf8, base64, hex");
          };
      return new SourceFile(
          name == null || name.isNull() ? "file" + index + ".code" : name.stringValue(), bytes);
    } catch (IllegalArgumentException invalid) {
      throw wrong("files[" + index + "].content is not valid " + how);
    }
  }

  private static void checkNames(List<SourceFile> files) {
    Set<String> names = new HashSet<>();
    for (SourceFile file : files) {
      Optional<String> fault = SourceFile.fault(file.name());
      if (fault.isPresent()) {
        throw wrong("file name " + shown(file.name()) + " is not allowed: expected " + fault.get());
      }
      if (!names.add(file.name())) {
        throw wrong("two files have the name " + shown(file.name()));
      }
    }
    for (String name : names) {
      for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        if (names.contains(name.substring(0, slash))) {
          throw wrong(
              "a file and a directory have the same name: " + shown(name.substring(0, slash)));
        }
      }
    }
  }

  private RunLimits limits(Language language) {
    Duration wall = millis("run_timeout", most.wallTime());
    Duration cpu = millis("run_cpu_time", most.cpuTime());
    long memory = most.memoryBytes();
    @Nullable JsonNode wanted = body.get("run_memory_limit");
    if (wanted != null && !wanted.isNull() && number("run_memory_limit", wanted) >= 0) {
      memory = number("run_memory_limit", wanted);
      if (memory > most.memoryBytes()) {
        throw wrong("run_memory_limit cannot exceed the configured limit of " + most.memoryBytes());
      }
      if (memory < language.memoryFloor()) {
        throw wrong(
            "run_memory_limit cannot be less than %d for %s"
                .formatted(language.memoryFloor(), language.name()));
      }
    }
    return new RunLimits(
        wall,
        cpu,
        memory,
        most.cpuMillis(),
        most.processes(),
        most.fileBytes(),
        most.diskBytes(),
        most.files(),
        most.outputBytes());
  }

  private Duration millis(String name, Duration limit) {
    @Nullable JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return limit;
    }
    long millis = number(name, value);
    if (millis <= 0) {
      throw wrong(name + " must be positive");
    }
    if (millis > limit.toMillis()) {
      throw wrong(name + " cannot exceed the configured limit of " + limit.toMillis());
    }
    return Duration.ofMillis(millis);
  }

  private static long number(String name, JsonNode value) {
    if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
      throw wrong("if specified, " + name + " must be a number");
    }
    return value.asLong();
  }

  private List<String> arguments() {
    @Nullable JsonNode args = body.get("args");
    if (args == null || args.isNull()) {
      return List.of();
    }
    if (!args.isArray() || args.size() > 1000) {
      throw wrong("args must be an array of at most 1000 strings");
    }
    List<String> arguments = new ArrayList<>();
    for (JsonNode each : args) {
      if (!each.isString() || each.stringValue().indexOf('\0') >= 0) {
        throw wrong("args must be an array of strings without NUL");
      }
      arguments.add(each.stringValue());
    }
    return arguments;
  }

  private String text(String name) {
    @Nullable JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw wrong("if specified, " + name + " must be a string");
    }
    return value.stringValue();
  }

  private String required(String name) {
    @Nullable JsonNode value = body.get(name);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw wrong(name + " is required as a string");
    }
    return value.stringValue();
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static RuntimeException wrong(String message) {
    return new Problem.BadRequest("piston_request_invalid", message).raise();
  }
}
