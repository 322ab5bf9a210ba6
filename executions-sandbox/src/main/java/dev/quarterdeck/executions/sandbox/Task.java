package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What one sandbox is started for.
///
/// @param id for names and messages
/// @param fileName name of the program in `/box`
/// @param program contents of that file
/// @param compile command line of the compiler; empty when there is none
/// @param run command line of the program, its arguments included
/// @param environment variables beyond the usual ones
/// @param binds host files and directories outside `/usr` that it may read, at their own paths
record Task(
    String id,
    String fileName,
    byte[] program,
    List<String> compile,
    List<String> run,
    Map<String, String> environment,
    List<Path> binds,
    byte[] stdin,
    RunLimits limits) {}
