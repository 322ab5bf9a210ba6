package dev.quarterdeck.executions.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much of a language can be started before its program is known.
enum WarmUp {
  /// Its sandbox only; of a language with a compiler or mounts of its own not even that, since such
  /// a sandbox has neither these nor a way to keep what was compiled.
  SANDBOX("the sandbox"),

  /// A zygote gives birth to started interpreters.
  ZYGOTE("a started interpreter"),

  /// The runtime is started and sleeps where it opens its program.
  RUNTIME("a started runtime"),

  /// A Java machine is started, its compiler has compiled, and an agent sleeps before it goes on.
  AGENT("a started runtime with its compiler");

  private final String description;

  WarmUp(String description) {
    this.description = description;
  }

  /// What waits, for readers.
  String description() {
    return description;
  }

  /// As a file of a language writes it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether a runtime waits in the sandbox of one coming run.
  boolean startsRuntime() {
    return this == RUNTIME || this == AGENT;
  }

  static Optional<WarmUp> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(WarmUp::word).toList();
  }
}
