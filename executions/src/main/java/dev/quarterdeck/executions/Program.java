package dev.quarterdeck.executions;

import java.util.List;

/// A program as its user handed it in.
///
/// @param language name of a language
/// @param version the version that was chosen, `major.minor`
/// @param source the text of the program
/// @param arguments what it gets on its command line
/// @param stdin what it reads from its standard input
public record Program(
    String language, String version, String source, List<String> arguments, String stdin) {
  public Program {
    arguments = List.copyOf(arguments);
  }
}
