package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;

/// Refuses, in a strict profile, secrets that everybody knows.
final class SecretRules {
  private SecretRules() {}

  static void check(Load load) {
    for (Candidate head : load.heads) {
      if (head != null && head.key.secret() && !head.faulty && isPublic(load, head)) {
        load.fault(
            FaultCode.PUBLIC_SECRET,
            head,
            head.key.path()
                + ": the public default of another profile, which everybody knows, in profile "
                + load.schema.profiles().get(load.profile),
            "set " + head.key.variable() + " to a value of your own");
      }
    }
  }

  private static boolean isPublic(Load load, Candidate head) {
    Key key = head.key;
    for (int profile = -1; profile < load.schema.profiles().size(); profile++) {
      String known = key.fallback(profile);
      if (known != null && !known.isEmpty() && known.equals(head.text)) {
        return true;
      }
    }
    return false;
  }
}
