package dev.quarterdeck.benchmarks.production;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints rows as they are measured, and remembers which missed their targets.
final class Rows {
  private final List<String> missed = new ArrayList<>();

  void title(String text) {
    System.out.println("\n" + text);
    System.out.println(
        "source            case                         requests   target         ms");
  }

  /// @param target requests at most; 0 for none
  void requests(String source, String what, int requests, int target, double millis) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-17s %-27s %9d %8s %10.1f",
            source,
            what,
            requests,
            target == 0 ? "-" : "<= " + target,
            millis));
    if (target > 0 && requests > target) {
      missed.add(
          source + ", " + what + ": " + requests + " requests (expected: at most " + target + ")");
    }
  }

  void text(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /// What is wrong voids the run.
  void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  List<String> missed() {
    return List.copyOf(missed);
  }
}
