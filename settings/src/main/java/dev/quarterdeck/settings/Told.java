package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.Toml;
import dev.quarterdeck.settings.toml.TomlResult;
import dev.quarterdeck.settings.toml.TomlTable;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a running program as it tells them itself: plain values by environment name,
/// without secrets and without the passwords of URLs. Immutable; may be shared between threads.
public final class Told {
  private static final String HIDDEN_PASSWORD = "***";

  private final Schema schema;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Boolean> known = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  private Told(Schema schema) {
    this.schema = schema;
  }

  /// Takes what a program told. A value that its setting does not read is kept as it stands: it
  /// differs from every value that the setting does read.
  ///
  /// @param values text, numbers, truth values, lists and maps by environment name; null for none
  public static Told of(Schema schema, Map<String, ? extends @Nullable Object> values) {
    Told told = new Told(schema);
    values.forEach(
        (name, value) -> {
          Key key = schema.byVariable(name);
          if (key == null) {
            told.others.add(name);
          } else if (!key.secret()) {
            told.known.put(name, true);
            if (value != null) {
              told.texts.put(name, Redaction.urls(normal(key, value)));
            }
          }
        });
    return told;
  }

  /// The value in the setting's normal notation.
  private static String normal(Key key, Object value) {
    try {
      String document = document(value);
      if (key.tables() != null) {
        return document;
      }
      TomlResult result = Toml.parse(document.getBytes(StandardCharsets.UTF_8));
      TomlTable.Entry entry = result.root().entries().get("value");
      Object read = entry == null ? null : key.type().read(entry.value(), (node, expected) -> {});
      return read == null ? value.toString() : key.type().render(read);
    } catch (IllegalArgumentException e) {
      return value.toString();
    }
  }

  /// A value of any kind as one text, equal for equal values.
  static String document(Object value) {
    return TomlWriter.write(Map.of("value", value));
  }

  /// The schema.
  public Schema schema() {
    return schema;
  }

  /// Whether the program told of a setting at all; of secrets it never does.
  public boolean knows(Key key) {
    return known.containsKey(key.variable());
  }

  /// A value as messages show it, null when the setting has none or the program did not tell.
  public @Nullable String shown(Key key) {
    String text = texts.get(key.variable());
    return text == null ? null : Redaction.value(text);
  }

  /// The names that the program told of and no setting has, in the order told.
  public List<String> others() {
    return List.copyOf(others);
  }

  /// Compares a value with that of a load.
  public Sameness compare(Key key, Provenance load) {
    return load.missing(key) && knows(key)
        ? Sameness.DIFFERENT
        : compare(key, knows(key), load.redacted(key));
  }

  /// Compares a value with that of another program.
  public Sameness compare(Key key, Told other) {
    return compare(key, knows(key) && other.knows(key), other.texts.get(key.variable()));
  }

  private Sameness compare(Key key, boolean bothKnow, @Nullable String theirs) {
    if (!bothKnow || key.secret()) {
      return Sameness.UNKNOWN;
    }
    String ours = texts.get(key.variable());
    if (ours == null || theirs == null) {
      return ours == null && theirs == null ? Sameness.SAME : Sameness.DIFFERENT;
    }
    if (!ours.equals(theirs)) {
      return Sameness.DIFFERENT;
    }
    boolean partly = ours.contains(HIDDEN_PASSWORD) && Redaction.holdsPassword(ours);
    return partly ? Sameness.UNKNOWN : Sameness.SAME;
  }
}
