package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A program to run once.
///
/// @param id id of the execution, for logs and names of kernel objects
/// @param language name of an active language
/// @param version one of its versions
/// @param source the program
/// @param files what lies beside it, in its directory
/// @param stdin what the program reads from its standard input
/// @param environment variables that the program gets beyond the usual ones
/// @param compileTime wall and processor time that its compiler may use; what the sandbox allows
///   when it is longer
/// @param out files that it hands back
/// @param interactive whether its standard input stays open after [#stdin] until
///   [Sandbox.Run#closeStdin]
/// @param batch runs with the same name here are the same program, compiled once; empty for none
public record RunOrder(
    String id,
    String language,
    String version,
    byte[] source,
    List<SourceFile> files,
    List<String> arguments,
    byte[] stdin,
    Map<String, String> environment,
    Duration compileTime,
    RunLimits limits,
    FilesOut out,
    boolean interactive,
    String batch) {
  /// Longer than any compiler may take: what the sandbox allows counts.
  public static final Duration USUAL_COMPILE_TIME = Duration.ofDays(1);

  public RunOrder {
    files = List.copyOf(files);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /// A program that hands no files back and gets its input at once.
  public RunOrder(
      String id,
      String language,
      String version,
      byte[] source,
      List<SourceFile> files,
      List<String> arguments,
      byte[] stdin,
      Map<String, String> environment,
      Duration compileTime,
      RunLimits limits) {
    this(
        id,
        language,
        version,
        source,
        files,
        arguments,
        stdin,
        environment,
        compileTime,
        limits,
        FilesOut.NONE,
        false,
        "");
  }

  /// A program of one file in the usual environment.
  public RunOrder(
      String id,
      String language,
      String version,
      byte[] source,
      List<String> arguments,
      byte[] stdin,
      RunLimits limits) {
    this(
        id,
        language,
        version,
        source,
        List.of(),
        arguments,
        stdin,
        Map.of(),
        USUAL_COMPILE_TIME,
        limits);
  }
}
