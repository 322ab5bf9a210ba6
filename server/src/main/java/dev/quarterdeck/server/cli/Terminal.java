package dev.quarterdeck.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The standard streams of the program, and whether a person looks at them. The launcher tells
/// which streams are terminals, since Java cannot see it for each.
public final class Terminal {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colours;

  Terminal(PrintStream out, PrintStream err, boolean colours) {
    this.out = out;
    this.err = err;
    this.colours = colours;
  }

  /// The process's own streams, in UTF-8 whatever the locale says.
  public static Terminal ofProcess() {
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Boolean.getBoolean("quarterdeck.terminal") && System.getenv("NO_COLOR") == null);
  }

  /// For results.
  public PrintStream out() {
    return out;
  }

  /// For messages.
  public PrintStream err() {
    return err;
  }

  /// Whether output is for a person.
  public boolean colours() {
    return colours;
  }

  String good(String text) {
    return paint("32", text);
  }

  String bad(String text) {
    return paint("31", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
