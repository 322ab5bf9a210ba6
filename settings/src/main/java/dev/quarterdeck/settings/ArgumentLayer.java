package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Types;
import java.util.List;

/// Takes the `KEY=VALUE` texts of the command line, keys as paths or environment names.
final class ArgumentLayer {
  private ArgumentLayer() {}

  static void read(Load load, List<String> assignments) {
    load.source++;
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      String name = equals < 0 ? assignment : assignment.substring(0, equals);
      Key key = load.keys.find(name);
      Retired old = key == null ? load.keys.retired(name) : null;
      if (equals <= 0) {
        // What has no name may be a value.
        String shown = key == null ? "…" : name;
        report(
            load,
            FaultCode.BAD_ARGUMENT,
            shown,
            (key == null ? "--set" : name)
                + ": no "
                + (equals == 0 ? "key" : "value")
                + " (expected: KEY=VALUE)",
            "write --set " + (key == null ? "KEY" : name) + "=VALUE");
      } else if (old != null) {
        retired(load, old, name, assignment.substring(equals + 1));
      } else if (key == null) {
        String meant = load.suggestions().any(name);
        report(
            load,
            FaultCode.UNKNOWN_KEY,
            name,
            "there is no such setting",
            meant == null
                ? "look the name up in the list of settings"
                : "did you mean " + meant + "?");
      } else {
        define(load, key, name, assignment.substring(equals + 1));
      }
    }
  }

  private static void retired(Load load, Retired old, String name, String value) {
    Key now = old.now();
    if (now == null) {
      EnvironmentLayer.take(load, Layer.ARGUMENT, old, new Place.Argument(name), value);
    } else {
      define(load, now, name, value).under = old;
    }
  }

  private static Candidate define(Load load, Key key, String name, String value) {
    Candidate now = load.define(key, Layer.ARGUMENT, new Place.Argument(name), value);
    if (key.secret() || (Types.isUrl(key.type()) && Redaction.holdsPassword(value))) {
      load.fault(
          FaultCode.SECRET_EXPOSED,
          now,
          key.path()
              + ": a secret on the command line, where every user of the machine can read it",
          "take it out, and "
              + (key.variable().isEmpty()
                  ? Load.howToSet(key)
                  : "set " + key.variable() + " in the environment or in .env"));
    }
    return now;
  }

  private static void report(
      Load load, FaultCode code, String name, String message, String remedy) {
    load.report(
        new Fault(
            code.code(),
            false,
            "",
            message,
            new Place.Argument(Redaction.value(name)),
            null,
            remedy,
            List.of()));
  }
}
