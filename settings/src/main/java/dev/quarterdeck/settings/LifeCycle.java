package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Warns of old names and of settings that nobody should use any more; refuses a setting that has
/// different values under its old name and its new one.
final class LifeCycle {
  private final Load load;

  LifeCycle(Load load) {
    this.load = load;
  }

  void check(Key key, Candidate head) {
    for (Candidate one = head; one != null; one = one.shadowed) {
      if (one.under != null) {
        relocated(key, one, one.under, head);
      } else if (!key.deprecated().isEmpty()) {
        warn(
            FaultCode.DEPRECATED,
            key.path(),
            one,
            key.path() + ": deprecated: " + key.deprecated(),
            "");
      }
    }
  }

  private void relocated(Key key, Candidate old, Retired under, Candidate head) {
    Candidate other = old.faulty ? null : other(key, old, head);
    if (other == null) {
      boolean inFile = old.layer.compareTo(Layer.OVERRIDE) <= 0 || key.variable().isEmpty();
      warn(
          FaultCode.RELOCATED,
          under.path(),
          old,
          under.path() + ": has moved to " + key.path(),
          inFile ? "write " + key.path() : "set " + key.variable());
      return;
    }
    old.faulty = true;
    load.taint(key);
    load.report(
        new Fault(
            FaultCode.RELOCATED_TWICE.code(),
            false,
            under.path(),
            under.path()
                + ": "
                + old.shown()
                + " (expected: the same as "
                + key.path()
                + ", which it has moved to)",
            old.place(),
            Load.excerpt(old, null),
            "remove " + under.path(),
            List.of(other.definition())));
  }

  /// A definition under another name with another value.
  private static @Nullable Candidate other(Key key, Candidate old, Candidate head) {
    for (Candidate one = head; one != null; one = one.shadowed) {
      boolean otherName = one.under == null || !one.under.path().equals(pathOf(old));
      if (otherName && !one.faulty && !same(key, one, old)) {
        return one;
      }
    }
    return null;
  }

  private static @Nullable String pathOf(Candidate old) {
    return old.under == null ? null : old.under.path();
  }

  private static boolean same(Key key, Candidate a, Candidate b) {
    if (a.node != null && b.node != null && a.node.sameValue(b.node)) {
      return true;
    }
    Object ours = a.value;
    Object theirs = b.value;
    if (ours == null || theirs == null) {
      return key.tables() == null && Objects.equals(ours, theirs);
    }
    return key.type().render(ours).equals(key.type().render(theirs));
  }

  private void warn(FaultCode code, String name, Candidate at, String message, String remedy) {
    load.report(
        new Fault(
            code.code(),
            true,
            name,
            message,
            at.place(),
            Load.excerpt(at, null),
            remedy,
            List.of()));
  }
}
