package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Constraint;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Types;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the definitions of a load into values: profile first, then each setting's definitions,
/// then its default.
final class Resolution {
  private final Load load;
  private final @Nullable Object[] values;

  private Resolution(Load load) {
    this.load = load;
    this.values = new @Nullable Object[load.heads.length];
  }

  /// The values by the number of their setting, null where there is none. Settings at fault have
  /// their default, or a value that stands in for it.
  static @Nullable Object[] resolve(Load load) {
    Resolution resolution = new Resolution(load);
    List<Key> keys = load.schema.keys();
    for (int i = 0; i < keys.size(); i++) {
      resolution.values[i] = resolution.value(keys.get(i));
    }
    return resolution.values;
  }

  /// Chooses the profile.
  static void chooseProfile(Load load) {
    Key key = load.schema.profileKey();
    if (key == null) {
      return;
    }
    Candidate head = load.heads[key.index()];
    String text = head == null ? key.fallback(-1) : textOf(head);
    List<String> profiles = load.schema.profiles();
    load.profile = text == null ? 0 : profiles.indexOf(text);
    if (load.profile < 0) {
      load.profile = 0;
      load.unknownProfile = true;
      if (head != null) {
        String meant = text == null ? null : Suggestions.nearest(text, profiles);
        load.fault(
            FaultCode.UNKNOWN_PROFILE,
            head,
            key.path()
                + ": "
                + head.shown()
                + " (expected: one of "
                + String.join(", ", profiles)
                + ")",
            meant == null ? "choose one of the profiles" : "did you mean " + meant + "?");
      }
    }
  }

  private static String textOf(Candidate candidate) {
    return candidate.node instanceof TomlString string
        ? string.value()
        : candidate.text == null ? "" : candidate.text;
  }

  private @Nullable Object value(Key key) {
    Candidate head = load.heads[key.index()];
    Object value = null;
    if (head != null) {
      convertAll(key, head);
      value = head.faulty ? null : winner(key, head);
    }
    if (head == null || head.faulty) {
      value = fallback(key, head != null);
    }
    return value == null || !key.secret() ? value : Secret.of(value);
  }

  private void convertAll(Key key, Candidate head) {
    for (Candidate one = head; one != null; one = one.shadowed) {
      if (!one.faulty) {
        convert(key, one);
        if (one.shadowed != null && key.type().merges()) {
          checkShape(key, one, one.shadowed);
        }
      }
    }
  }

  private void convert(Key key, Candidate at) {
    Object value = at.node != null ? read(key, at, at.node) : parse(key, at, textOf(at));
    if (value == null || at.faulty) {
      return;
    }
    Constraint constraint = key.constraint();
    if (constraint != null) {
      String violation = constraint.violation(key.type(), value);
      if (violation != null) {
        refuse(FaultCode.OUT_OF_RANGE, key, at, null, violation);
      }
    }
    at.value = value;
  }

  private @Nullable Object read(Key key, Candidate at, TomlNode node) {
    if (node instanceof TomlString string && string.value().isEmpty() && emptyIsAbsent(key)) {
      return null;
    }
    return key.type().read(node, new Part(key, at));
  }

  private @Nullable Object parse(Key key, Candidate at, String text) {
    if (text.isEmpty() && emptyIsAbsent(key)) {
      return null;
    }
    if (unprintable(text, key.secret())) {
      refuse(
          FaultCode.WRONG_TYPE,
          key,
          at,
          null,
          key.type().expected() + ", without control characters");
      return null;
    }
    try {
      return key.type().parse(text);
    } catch (RuntimeException e) {
      String message = e.getMessage();
      boolean said = message != null && message.startsWith("expected ") && !key.secret();
      refuse(
          FaultCode.WRONG_TYPE,
          key,
          at,
          null,
          said && message != null ? message.substring(9) : key.type().expected());
      return null;
    }
  }

  private static boolean emptyIsAbsent(Key key) {
    return key.optional() && !Types.readsEmptyText(key.type());
  }

  private static boolean unprintable(String text, boolean secret) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' && (c == 0 || !secret)) {
        return true;
      }
    }
    return false;
  }

  private void refuse(
      FaultCode code, Key key, Candidate at, @Nullable TomlNode part, String expected) {
    String shown =
        key.secret()
            ? "(value not shown)"
            : part == null ? at.shown() : Redaction.value(Nodes.text(part));
    String meant = meant(key, at, part);
    load.fault(
        code,
        at,
        part == null ? null : part.span(),
        key.path() + ": " + (shown.isEmpty() ? "\"\"" : shown) + " (expected: " + expected + ")",
        meant == null ? remedy(key, at, part, expected) : "did you mean " + meant + "?");
  }

  private static String remedy(Key key, Candidate at, @Nullable TomlNode part, String expected) {
    if (expected.endsWith(" without quotes")) {
      return "remove the quotes";
    }
    return part == null && at.node == null && at.text != null && at.text.isEmpty()
        ? "give " + key.variable() + " a value, or remove it"
        : "correct the value (what the setting is for: " + key.doc() + ")";
  }

  private static @Nullable String meant(Key key, Candidate at, @Nullable TomlNode part) {
    if (key.secret() || key.type().choices().isEmpty()) {
      return null;
    }
    String text = part instanceof TomlString string ? string.value() : textOf(at);
    return Suggestions.nearest(text, key.type().choices());
  }

  private void checkShape(Key key, Candidate over, Candidate under) {
    boolean change =
        over.node != null
            && under.node != null
            && over.node instanceof TomlTable != under.node instanceof TomlTable;
    if (change && !under.faulty) {
      load.fault(
          FaultCode.SHAPE_CHANGED,
          over,
          key.path() + ": a " + kind(over) + " over a " + kind(under) + " in " + under.place(),
          "write both in the same form");
    }
  }

  private static String kind(Candidate candidate) {
    return candidate.node == null ? "text" : candidate.node.kind();
  }

  private @Nullable Object winner(Key key, Candidate head) {
    if (!key.type().merges() || !(head.node instanceof TomlTable) || head.value == null) {
      return head.value;
    }
    Candidate under = head.shadowed;
    Object base = under == null ? fallback(key, true) : under.faulty ? null : winner(key, under);
    return base == null ? head.value : key.type().merge(base, head.value);
  }

  private @Nullable Object fallback(Key key, boolean faulty) {
    String text = key.fallback(load.profile);
    if (text != null) {
      return text.isEmpty() && emptyIsAbsent(key) ? null : key.type().parse(text);
    }
    if (key.optional()) {
      return null;
    }
    load.tainted[key.index()] = true;
    boolean derived = load.unknownProfile || (load.syntaxErrors && !key.secret());
    if (!faulty && !derived) {
      missing(key);
    }
    return key.type().placeholder();
  }

  private void missing(Key key) {
    String profile =
        load.profile < 0 ? "" : " in profile " + load.schema.profiles().get(load.profile);
    load.report(
        new Fault(
            FaultCode.MISSING.code(),
            false,
            key.path(),
            key.path()
                + ": not set, and without default"
                + profile
                + " (expected: "
                + key.typeInWords()
                + ")",
            new Place.Nowhere(),
            null,
            Load.howToSet(key),
            List.of()));
  }

  /// Reports parts of a value that the type rejects.
  private final class Part implements dev.quarterdeck.settings.schema.Rejections {
    private final Key key;
    private final Candidate at;

    Part(Key key, Candidate at) {
      this.key = key;
      this.at = at;
    }

    @Override
    public void reject(TomlNode part, String expected) {
      refuse(FaultCode.WRONG_TYPE, key, at, part, expected);
    }
  }
}
