package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes the definitions of the process environment: looks the settings' names up, so that other
/// variables cost nothing.
final class EnvironmentLayer {
  private EnvironmentLayer() {}

  static void read(Load load, Map<String, String> environment) {
    load.source++;
    retired(load, environment);
    List<Key> keys = load.keys.all();
    String credentials = environment.get("CREDENTIALS_DIRECTORY");
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      if (!load.keys.hasVariable(key)) {
        continue;
      }
      String value = environment.get(key.variable());
      if (value != null && load.keys.isAmbiguous(key)) {
        ambiguous(load, key);
        continue;
      }
      if (value != null && isServiceLink(key, value, environment)) {
        serviceLink(load, key);
        value = null;
      }
      String secretFile = key.secretFile();
      if (secretFile != null) {
        String file = environment.get(secretFile);
        boolean named = file != null;
        if (file != null) {
          ValueFiles.read(load, key, Layer.ENVIRONMENT, key.variable(), file, value != null, null);
        }
        if (credentials != null) {
          ValueFiles.credential(load, key, credentials, named || value != null);
        }
        if (named && value != null) {
          continue;
        }
      }
      if (value != null) {
        load.define(key, Layer.ENVIRONMENT, new Place.Variable(key.variable()), value);
      }
    }
  }

  /// Names that settings had before, or that are gone.
  private static void retired(Load load, Map<String, String> environment) {
    for (Retired one : load.keys.retired()) {
      String value = one.variable().isEmpty() ? null : environment.get(one.variable());
      Key now = one.now();
      if (now != null && now.secretFile() != null) {
        String file = environment.get(one.variable() + "_FILE");
        if (file != null) {
          ValueFiles.read(load, now, Layer.ENVIRONMENT, one.variable(), file, value != null, one);
          continue;
        }
      }
      if (value != null) {
        take(load, Layer.ENVIRONMENT, one, new Place.Variable(one.variable()), value);
      }
    }
  }

  /// Takes a definition under an old name from elsewhere than a file.
  static void take(Load load, Layer layer, Retired old, Place place, String value) {
    Key now = old.now();
    if (now != null) {
      load.define(now, layer, place, value).under = old;
      return;
    }
    load.report(
        new Fault(
            FaultCode.DEFUNCT.code(),
            false,
            old.path(),
            old.path() + ": no longer a setting: " + old.reason(),
            place,
            null,
            "remove it",
            List.of()));
  }

  private static void ambiguous(Load load, Key key) {
    if (!load.keys.firstAmbiguous(key)) {
      return;
    }
    load.report(
        new Fault(
            FaultCode.AMBIGUOUS_VARIABLE.code(),
            false,
            key.path(),
            key.path() + ": another setting would have this variable, too, so it sets neither",
            new Place.Variable(key.variable()),
            null,
            "remove it, and set " + key.path() + " in its file or as an argument",
            List.of()));
  }

  /// Kubernetes gives every pod `NAME_PORT=tcp://…` for each service of the namespace.
  private static boolean isServiceLink(Key key, String value, Map<String, String> environment) {
    String variable = key.variable();
    if (!variable.endsWith("_PORT")
        || !(value.startsWith("tcp://")
            || value.startsWith("udp://")
            || value.startsWith("sctp://"))) {
      return false;
    }
    return environment.containsKey(variable.substring(0, variable.length() - 4) + "SERVICE_HOST");
  }

  private static void serviceLink(Load load, Key key) {
    load.report(
        new Fault(
            FaultCode.SERVICE_LINK.code(),
            true,
            key.path(),
            key.path()
                + ": "
                + key.variable()
                + " is ignored, it is the link that Kubernetes makes for a service of that name",
            new Place.Variable(key.variable()),
            null,
            "set enableServiceLinks: false in the pod's specification, or rename the service",
            List.of()));
  }

  /// Warnings for variables whose names are nearly a setting's: same beginning, one or two letters
  /// off. Goes through the whole environment, so it is not part of a load.
  static List<Fault> nearMisses(Load load, Map<String, String> environment) {
    boolean[] lengths = new boolean[256];
    boolean[] firsts = new boolean[128];
    for (Key key : load.schema.keys()) {
      lengths[Math.min(255, key.variable().length())] = true;
      firsts[key.variable().charAt(0) & 127] = true;
    }
    List<Fault> warnings = new ArrayList<>();
    for (String name : environment.keySet()) {
      if (name.length() > 4
          && name.length() < 254
          && firsts[name.charAt(0) & 127]
          && (lengths[name.length()] || lengths[name.length() - 1] || lengths[name.length() + 1])
          && load.schema.byVariable(name) == null) {
        nearMiss(load, name, environment, warnings);
      }
    }
    warnings.sort((a, b) -> a.place().toString().compareTo(b.place().toString()));
    return warnings;
  }

  private static void nearMiss(
      Load load, String name, Map<String, String> environment, List<Fault> warnings) {
    for (Key key : load.schema.keys()) {
      int limit = name.length() < 8 ? 1 : 2;
      if (!environment.containsKey(key.variable())
          && EditDistance.within(name, key.variable(), limit) <= limit) {
        warnings.add(
            new Fault(
                FaultCode.NEAR_MISS.code(),
                true,
                key.path(),
                "no setting has this name",
                new Place.Variable(name),
                null,
                "did you mean " + key.variable() + "?",
                List.of()));
        return;
      }
    }
  }
}
