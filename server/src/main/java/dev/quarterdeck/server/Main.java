package dev.quarterdeck.server;

import dev.quarterdeck.server.cli.CommandLines;
import dev.quarterdeck.server.cli.Terminal;

/// Entry point of the `quarterdeck` program.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(Terminal.ofProcess(), arguments));
  }
}
