package dev.quarterdeck.executions;

import java.util.List;

/// A program to run once.
///
/// @param id id of the execution, for logs and names of kernel objects
/// @param language name of an active language
/// @param version one of its versions
/// @param source the program
/// @param stdin what the program reads from its standard input
public record RunOrder(
    String id,
    String language,
    String version,
    byte[] source,
    List<String> arguments,
    byte[] stdin,
    RunLimits limits) {
  public RunOrder {
    arguments = List.copyOf(arguments);
  }
}
