package dev.quarterdeck.executions;

import java.util.List;
import java.util.Optional;

/// One of several inputs that a program is run with, each in a sandbox of its own.
///
/// @param stdin what the program reads from its standard input
/// @param arguments its command line
/// @param expected what it should write to its standard output, when that is to be compared
public record TestCase(String stdin, List<String> arguments, Optional<String> expected) {
  public TestCase {
    arguments = List.copyOf(arguments);
  }
}
