package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SourceFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
/// @param binds host files and directories outside `/usr` that it may read, at their own paths
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
    RunLimits limits) {}
