package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program as its user handed it in.
///
/// @param language name of a language
/// @param version the version that was chosen, `major.minor`
/// @param source the text of the program
/// @param files what lies beside it, in its directory
/// @param arguments what it gets on its command line
/// @param stdin what it reads from its standard input
/// @param environment variables that it gets beyond the usual ones
/// @param limits what it may use, when its user wants less than there is
/// @param compileTime what its compiler may use, when its user wants less than there is
public record Program(
    String language,
    String version,
    String source,
    List<SourceFile> files,
    List<String> arguments,
    String stdin,
    Map<String, String> environment,
    Optional<RunLimits> limits,
    Optional<Duration> compileTime) {
  /// Documents that are older than a field do not hold it.
  public Program(
      String language,
      String version,
      String source,
      @Nullable List<SourceFile> files,
      List<String> arguments,
      String stdin,
      @Nullable Map<String, String> environment,
      Optional<RunLimits> limits,
      Optional<Duration> compileTime) {
    this.language = language;
    this.version = version;
    this.source = source;
    this.files = files == null ? List.of() : List.copyOf(files);
    this.arguments = List.copyOf(arguments);
    this.stdin = stdin;
    this.environment = environment == null ? Map.of() : Map.copyOf(environment);
    this.limits = limits;
    this.compileTime = compileTime;
  }

  /// A program of one file, in the usual environment, with the usual limits.
  public static Program of(
      String language, String version, String source, List<String> arguments, String stdin) {
    return new Program(
        language,
        version,
        source,
        List.of(),
        arguments,
        stdin,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }
}
