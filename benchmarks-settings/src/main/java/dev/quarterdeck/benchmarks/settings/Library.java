package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;

/// A library that loads the workload, with all its checks, into the records.
interface Library {
  /// Loads.
  Object load(Workload workload) throws IOException;

  /// All of them. The classes of one are not touched before it is opened.
  enum Name {
    FLOOR,
    QUARTERDECK,
    AVAJE,
    LIGHTBEND,
    SMALLRYE,
    SPRING,
    GESTALT;

    Library open() {
      return switch (this) {
        case FLOOR -> new Floor();
        case QUARTERDECK -> new Quarterdeck();
        case AVAJE -> new Avaje();
        case LIGHTBEND -> new Lightbend();
        case SMALLRYE -> new SmallRye();
        case SPRING -> new Spring();
        case GESTALT -> new GestaltLibrary();
      };
    }
  }
}
