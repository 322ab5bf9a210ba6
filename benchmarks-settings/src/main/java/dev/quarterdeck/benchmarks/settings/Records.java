package dev.quarterdeck.benchmarks.settings;

/// Builds the records from a library that answers key by key, and checks what the annotations of
/// [Section] say.
final class Records {
  /// A library's getters.
  interface Values {
    int integer(String key);

    long number(String key);

    boolean truth(String key);

    String text(String key);

    Section.Mode mode(String key);
  }

  private Records() {}

  static Object build(int keys, Values values) {
    return switch (keys) {
      case 10 -> new Ten(section("s0.", values));
      case 100 -> {
        Group g = group("", values);
        yield new Hundred(
            g.s0(), g.s1(), g.s2(), g.s3(), g.s4(), g.s5(), g.s6(), g.s7(), g.s8(), g.s9());
      }
      case 1000 ->
          new Thousand(
              group("g0.", values),
              group("g1.", values),
              group("g2.", values),
              group("g3.", values),
              group("g4.", values),
              group("g5.", values),
              group("g6.", values),
              group("g7.", values),
              group("g8.", values),
              group("g9.", values));
      default -> throw new IllegalArgumentException("keys: " + keys);
    };
  }

  private static Group group(String prefix, Values values) {
    return new Group(
        section(prefix + "s0.", values),
        section(prefix + "s1.", values),
        section(prefix + "s2.", values),
        section(prefix + "s3.", values),
        section(prefix + "s4.", values),
        section(prefix + "s5.", values),
        section(prefix + "s6.", values),
        section(prefix + "s7.", values),
        section(prefix + "s8.", values),
        section(prefix + "s9.", values));
  }

  private static Section section(String prefix, Values values) {
    return check(
        new Section(
            values.integer(prefix + "port"),
            values.integer(prefix + "workers"),
            values.integer(prefix + "backlog"),
            values.integer(prefix + "retries"),
            values.number(prefix + "limit"),
            values.truth(prefix + "enabled"),
            values.truth(prefix + "verbose"),
            values.text(prefix + "host"),
            values.text(prefix + "name"),
            values.mode(prefix + "mode")));
  }

  private static Section check(Section s) {
    require(s.port() >= 1 && s.port() <= 65535, "port");
    require(s.workers() >= 1 && s.workers() <= 1000, "workers");
    require(s.backlog() >= 0 && s.backlog() <= 100_000, "backlog");
    require(s.retries() >= 0 && s.retries() <= 100, "retries");
    require(s.limit() >= 0 && s.limit() <= 9_000_000_000L, "limit");
    require(!s.host().isBlank(), "host");
    require(!s.name().isBlank(), "name");
    return s;
  }

  private static void require(boolean holds, String key) {
    if (!holds) {
      throw new IllegalArgumentException(key);
    }
  }

  /// Checks what a library bound by itself.
  static Object check(Object root) {
    switch (root) {
      case Ten ten -> check(ten.s0());
      case Hundred h ->
          each(h.s0(), h.s1(), h.s2(), h.s3(), h.s4(), h.s5(), h.s6(), h.s7(), h.s8(), h.s9());
      case Thousand t -> {
        for (Group g :
            new Group[] {
              t.g0(), t.g1(), t.g2(), t.g3(), t.g4(), t.g5(), t.g6(), t.g7(), t.g8(), t.g9()
            }) {
          each(g.s0(), g.s1(), g.s2(), g.s3(), g.s4(), g.s5(), g.s6(), g.s7(), g.s8(), g.s9());
        }
      }
      default -> throw new IllegalArgumentException("no root: " + root);
    }
    return root;
  }

  private static void each(Section... sections) {
    for (Section section : sections) {
      check(section);
    }
  }
}
