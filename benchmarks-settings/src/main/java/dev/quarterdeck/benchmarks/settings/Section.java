package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.Setting;

/// Ten settings, as a server has them.
public record Section(
    @Setting(value = "Where it listens.", fallback = "8080", min = "1", max = "65535") int port,
    @Setting(value = "How many at once.", fallback = "8", min = "1", max = "1000") int workers,
    @Setting(value = "How many wait.", fallback = "100", min = "0", max = "100000") int backlog,
    @Setting(value = "How often it is tried again.", fallback = "3", min = "0", max = "100")
        int retries,
    @Setting(value = "Greatest size.", fallback = "1000000", min = "0", max = "9000000000")
        long limit,
    @Setting(value = "Whether it is on.", fallback = "true") boolean enabled,
    @Setting(value = "Whether it says more.", fallback = "false") boolean verbose,
    @Setting(value = "The other side.", fallback = "localhost", notBlank = true) String host,
    @Setting(value = "What it is called.", fallback = "name", notBlank = true) String name,
    @Setting(value = "How it answers.", fallback = "fast") Mode mode) {

  /// How it answers.
  public enum Mode {
    FAST,
    SAFE,
    SLOW
  }
}
