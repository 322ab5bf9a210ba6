package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Constraint;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.TablesType;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the definitions of a load into values: profile first, then each setting's definitions,
/// then its default.
final class Resolution {
  private final Load load;
  private final Conversion conversion;
  private @Nullable VariantRules variants;
  private final boolean hasOldNames;
  private final @Nullable Object[] values;

  private Resolution(Load load) {
    this.load = load;
    this.conversion = new Conversion(load);
    this.hasOldNames = !load.keys.retired().isEmpty();
    this.values = new @Nullable Object[load.heads.length];
  }

  /// The values by the number of their setting, null where there is none. Settings at fault have
  /// their default, or a value that stands in for it.
  static @Nullable Object[] resolve(Load load) {
    Resolution resolution = new Resolution(load);
    List<Key> keys = load.keys.all();
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
    String text = head == null ? key.fallback(-1) : head.written();
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

  private @Nullable Object value(Key key) {
    Candidate head = load.heads[key.index()];
    if (head != null) {
      conversion.convertAll(key, head);
      if (!key.deprecated().isEmpty() || hasOldNames) {
        new LifeCycle(load).check(key, head);
      }
    }
    if (load.keys.isShadow(key) || (key.chosenBy() >= 0 && !variants().has(key, head, values))) {
      return null;
    }
    TablesType tables = key.tables();
    if (tables != null) {
      return elements(key, head);
    }
    Object value = head == null || head.faulty ? null : winner(key, head);
    if (head == null || (head.faulty && !key.chooses())) {
      value = fallback(key, head != null);
    }
    return value == null || !key.secret() ? value : Secret.of(value);
  }

  private VariantRules variants() {
    VariantRules known = variants;
    if (known == null) {
      known = new VariantRules(load);
      variants = known;
    }
    return known;
  }

  /// The tables of a list or map, counted.
  private List<Element> elements(Key key, @Nullable Candidate head) {
    List<Element> elements = load.keys.elements(key);
    Constraint constraint = key.constraint();
    String violation = constraint == null ? null : constraint.violation(key.type(), elements);
    if (violation == null) {
      return elements;
    }
    if (head == null) {
      missing(key);
      load.taint(key);
    } else if (!head.faulty) {
      conversion.refuse(FaultCode.OUT_OF_RANGE, key, head, null, violation);
    }
    return elements;
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
      return text.isEmpty() && Conversion.emptyIsAbsent(key) ? null : parsed(key, text);
    }
    if (key.optional()) {
      return null;
    }
    load.taint(key);
    if (!faulty) {
      missing(key);
    }
    return key.chooses() ? null : key.type().placeholder();
  }

  private @Nullable Object parsed(Key key, String text) {
    try {
      return key.type().parse(text);
    } catch (RuntimeException e) {
      // Only a converter of the program's own can do that: it does not run at compile time.
      load.taint(key);
      load.report(
          new Fault(
              FaultCode.BAD_DEFAULT.code(),
              false,
              key.path(),
              key.path()
                  + ": "
                  + (key.secret() ? Redaction.SECRET : Redaction.value(text))
                  + " (expected: "
                  + key.type().expected()
                  + ")",
              new Place.Default(""),
              null,
              "a default of the program itself is wrong: tell its authors; " + Load.howToSet(key),
              List.of()));
      return null;
    }
  }

  /// Reports a setting without a value, unless that follows from what is reported anyway.
  private void missing(Key key) {
    boolean misspelt = load.meant.contains(key.path()) || load.meant.contains(key.variable());
    if ((misspelt && !key.secret())
        || load.unknownProfile
        || (load.syntaxErrors && !key.secret())) {
      return;
    }
    Element home = load.keys.home(key);
    SourceFile file = home == null ? null : home.origin().file;
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
            home == null || file == null ? new Place.Nowhere() : file.place(home.at()),
            home == null || file == null
                ? null
                : file.excerpt(home.at(), SourceFile.About.ANYTHING),
            Load.howToSet(key),
            List.of()));
  }
}
