package dev.quarterdeck.executions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One of several inputs that a program is run with, each in a sandbox of its own.
///
/// @param stdin what the program reads from its standard input
/// @param arguments its command line
/// @param expected what it should write to its standard output, when that is to be compared
public record TestCase(String stdin, List<String> arguments, Optional<String> expected) {
  public TestCase {
    arguments = List.copyOf(arguments);
  }

  /// Whether a program wrote what was expected, line by line: blanks at the end of a line and empty
  /// lines at the end of the text do not count. Empty when nothing was expected.
  public Optional<Boolean> passed(byte[] stdout) {
    return expected.map(
        text -> trimmed(text).equals(trimmed(new String(stdout, StandardCharsets.UTF_8))));
  }

  private static String trimmed(String text) {
    return text.lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"))
        .stripTrailing();
  }
}
