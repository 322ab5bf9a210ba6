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
/// @param outputs files and directories that it hands back
/// @param cases inputs, when it is run once for each of several; then [#stdin] and [#arguments] are
///   not looked at
/// @param input whether more input comes while it runs
public record Program(
    String language,
    String version,
    String source,
    List<SourceFile> files,
    List<String> arguments,
    String stdin,
    Map<String, String> environment,
    Optional<RunLimits> limits,
    Optional<Duration> compileTime,
    List<String> outputs,
    List<TestCase> cases,
    Input input) {
  /// When a program gets its standard input.
  public enum Input {
    /// All of it at its start; then the input ends.
    AT_ONCE,
    /// The first of it at its start; then it stays open until it is closed.
    INTERACTIVE
  }

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
      Optional<Duration> compileTime,
      @Nullable List<String> outputs,
      @Nullable List<TestCase> cases,
      @Nullable Input input) {
    this.language = language;
    this.version = version;
    this.source = source;
    this.files = files == null ? List.of() : List.copyOf(files);
    this.arguments = List.copyOf(arguments);
    this.stdin = stdin;
    this.environment = environment == null ? Map.of() : Map.copyOf(environment);
    this.limits = limits;
    this.compileTime = compileTime;
    this.outputs = outputs == null ? List.of() : List.copyOf(outputs);
    this.cases = cases == null ? List.of() : List.copyOf(cases);
    this.input = input == null ? Input.AT_ONCE : input;
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
        Optional.empty(),
        List.of(),
        List.of(),
        Input.AT_ONCE);
  }
}
