package dev.quarterdeck.executions.sandbox;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A language as its file in `languages/` describes it.
///
/// @param name as callers write it
/// @param aliases other names for it
/// @param fileName of the program in the sandbox
/// @param extension without a dot
/// @param executables absolute paths on the host, the first that exists is taken; `*` in a path
///   stands for any name, and then the highest version is taken
/// @param versionCommand command line that prints the version; `{executable}` is replaced
/// @param version finds it in the answer, group 1
/// @param compile command line of the compiler; empty when there is none
/// @param run command line of the program. In both, `{executable}`, `{directory}` (that of the
///   executable), `{heap_mib}` (half of the memory limit) and the word `{sources}` (the program and
///   every other file with its ending) are replaced
/// @param environment variables beyond the usual ones
/// @param binds host paths outside `/usr` that it reads, where they exist; `*` as above
/// @param memoryFloor bytes below which it cannot start
/// @param processFloor processes and threads below which it cannot start
/// @param warmUp how much of it can be started before a program is known
/// @param install what provides it: `apt-get install ruby`
/// @param example a short program that shows it at work
record LanguageDefinition(
    String name,
    List<String> aliases,
    String fileName,
    String extension,
    List<String> executables,
    List<String> versionCommand,
    Pattern version,
    List<String> compile,
    List<String> run,
    Map<String, String> environment,
    List<String> binds,
    long memoryFloor,
    int processFloor,
    WarmUp warmUp,
    String install,
    String example) {
  /// What of it waits for programs, for readers.
  String waits() {
    boolean fits = compile.isEmpty() && binds.isEmpty();
    return warmUp == WarmUp.SANDBOX && !fits ? "nothing" : warmUp.description();
  }
}
