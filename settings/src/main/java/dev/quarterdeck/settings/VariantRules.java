package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Says which settings the chosen variants of sealed interfaces have, and refuses definitions of
/// the others.
final class VariantRules {
  private final Load load;
  private final BitSet unused = new BitSet();

  VariantRules(Load load) {
    this.load = load;
  }

  /// Whether the setting is one of the chosen variant. Definitions of others are reported, unless
  /// they come from below the source that chose; nothing is when no variant is known.
  boolean has(Key key, @Nullable Candidate head, @Nullable Object[] values) {
    Key chooser = load.keys.get(key.chosenBy());
    Key branch = key;
    while (unused.get(chooser.index())) {
      branch = chooser;
      chooser = load.keys.get(chooser.chosenBy());
    }
    if (!(values[chooser.index()] instanceof String chosen)) {
      load.taint(key);
      return false;
    }
    if (branch.variants().contains(chosen)) {
      return true;
    }
    refuse(key, head, chooser, chosen, branch);
    return false;
  }

  private void refuse(Key key, @Nullable Candidate head, Key chooser, String chosen, Key branch) {
    unused.set(key.index());
    Candidate choice = load.heads[chooser.index()];
    int since = choice == null ? 0 : choice.source;
    String owners = String.join(" or ", branch.variants());
    for (Candidate one = head; one != null; one = one.shadowed) {
      if (!one.faulty && one.source >= since) {
        load.fault(
            FaultCode.OTHER_VARIANT,
            one,
            key.path()
                + ": only "
                + chooser.path()
                + " = "
                + owners
                + " has it (expected: a setting of "
                + chosen
                + ", which "
                + (choice == null ? "holds by default" : choice.place() + " chooses")
                + ")",
            "remove it, or set " + chooser.path() + " to " + owners);
      }
    }
  }
}
