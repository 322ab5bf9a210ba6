package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SourceFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one sandbox is started for.
///
/// @param id for names and messages
/// @param fileName name of the program in `/box`
/// @param program contents of that file
/// @param files the program and what lies beside it, when something does: then all of it lies in
///   `/tmp`, where the program runs
/// @param compile command line of the compiler; empty when there is none
/// @param compileTime wall and processor time of the compiler
/// @param run command line of the program, its arguments included
/// @param environment variables of the language
/// @param variables variables of the program only: the stage must not see them, since it would heed
///   some
/// @param out files that it hands back
/// @param interactive whether its standard input stays open after what it gets at once
/// @param prebuilt what its compiler made earlier; then [#compile] is empty
/// @param keeper takes what its compiler makes, when that is to be kept
/// @param binds host files and directories outside `/usr` that it may read, at their own paths
/// @param language for names and messages
/// @param warmUp how much of it may be started before it is known
/// @param box host directory that it sees as `/box`; without one, `/box` is made for it
record Task(
    String id,
    String fileName,
    byte[] program,
    List<SourceFile> files,
    List<String> compile,
    Duration compileTime,
    List<String> run,
    Map<String, String> environment,
    Map<String, String> variables,
    List<Path> binds,
    byte[] stdin,
    RunLimits limits,
    FilesOut out,
    boolean interactive,
    Optional<Prebuilt> prebuilt,
    Optional<BuildKeeper> keeper,
    String language,
    WarmUp warmUp,
    Optional<Path> box) {
  /// What a compiler made, as an archive.
  ///
  /// @param how what is told of the compiler; empty when it was told before
  record Prebuilt(byte[] archive, Optional<Compilation> how) {}

  /// Takes what a compiler made.
  @FunctionalInterface
  interface BuildKeeper {
    void keep(byte[] archive, Compilation how);
  }

  /// One that hands no files back and gets its input at once.
  Task(
      String id,
      String fileName,
      byte[] program,
      List<SourceFile> files,
      List<String> compile,
      Duration compileTime,
      List<String> run,
      Map<String, String> environment,
      Map<String, String> variables,
      List<Path> binds,
      byte[] stdin,
      RunLimits limits) {
    this(
        id,
        fileName,
        program,
        files,
        compile,
        compileTime,
        run,
        environment,
        variables,
        binds,
        stdin,
        limits,
        FilesOut.NONE,
        false,
        Optional.empty(),
        Optional.empty(),
        "",
        WarmUp.SANDBOX,
        Optional.empty());
  }

  /// Whether files go in or out through a descriptor of the stage.
  boolean transfers() {
    return !files.isEmpty() || out.any() || prebuilt.isPresent() || keeper.isPresent();
  }

  /// Whether there is a directory for what a compiler makes.
  boolean hasBuild() {
    return !compile.isEmpty() || prebuilt.isPresent();
  }

  /// The same as one whose compiler ran before.
  Task built(Prebuilt earlier) {
    return compiling(List.of(), Optional.of(earlier), Optional.empty());
  }

  /// The same as one whose compiler's work is kept.
  Task kept(BuildKeeper by) {
    return compiling(compile, Optional.empty(), Optional.of(by));
  }

  private Task compiling(
      List<String> compiler, Optional<Prebuilt> earlier, Optional<BuildKeeper> by) {
    return new Task(
        id,
        fileName,
        program,
        files,
        compiler,
        compileTime,
        run,
        environment,
        variables,
        binds,
        stdin,
        limits,
        out,
        interactive,
        earlier,
        by,
        language,
        warmUp,
        box);
  }
}
