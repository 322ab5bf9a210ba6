package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.schema.TablesType;
import dev.quarterdeck.settings.toml.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The settings of one load: those of the schema, and those of the elements that files add to its
/// lists and maps of records. Used by one thread.
final class Keys {
  private final Schema schema;
  private final int fixed;
  private List<Key> all;
  private List<Element> homes = List.of();
  private Map<Key, List<Element>> elements = Map.of();
  private Map<String, Key> byPath = Map.of();
  private Map<String, Key> byVariable = Map.of();
  private List<Retired> retired = List.of();
  private final Set<String> ambiguous = new HashSet<>();
  private final BitSet nameless = new BitSet();
  private final BitSet shadows = new BitSet();

  Keys(Schema schema) {
    this.schema = schema;
    this.all = schema.keys();
    this.fixed = all.size();
  }

  /// All settings by their number.
  List<Key> all() {
    return all;
  }

  int size() {
    return all.size();
  }

  Key get(int index) {
    return all.get(index);
  }

  /// Whether it is the first of the settings that would have its environment name.
  boolean firstAmbiguous(Key key) {
    return key.equals(byVariable.get(key.variable()));
  }

  /// The setting of an environment name, null when there is none.
  @Nullable Key byVariable(String name) {
    Key key = schema.byVariable(name);
    return key != null || ambiguous.contains(name) ? key : byVariable.get(name);
  }

  /// The setting of a path, null when there is none.
  @Nullable Key byPath(String path) {
    Key key = schema.byPath(path);
    return key == null ? byPath.get(path) : key;
  }

  /// The setting of a path or environment name, null when there is none.
  @Nullable Key find(String name) {
    Key key = byPath(name);
    return key == null ? byVariable(name) : key;
  }

  /// What a path or environment name was, null when no setting had it.
  @Nullable Retired retired(String name) {
    for (Retired one : retired) {
      if (one.path().equals(name) || one.variable().equals(name)) {
        return one;
      }
    }
    return schema.retired(name);
  }

  /// Names that settings had and have no more.
  List<Retired> retired() {
    if (retired.isEmpty()) {
      return schema.retired();
    }
    List<Retired> both = new ArrayList<>(schema.retired());
    both.addAll(retired);
    return both;
  }

  /// Whether two settings would have a setting's environment name, so that it sets neither.
  boolean isAmbiguous(Key key) {
    return key.index() >= fixed && ambiguous.contains(key.variable());
  }

  /// The elements of a list or map in their order.
  List<Element> elements(Key owner) {
    List<Element> list = elements.get(owner);
    return list == null ? List.of() : list;
  }

  /// The element that a setting belongs to, null for none.
  @Nullable Element home(Key key) {
    return key.index() < fixed ? null : homes.get(key.index() - fixed);
  }

  /// Whether the environment may give a setting a value: a variable that the schema has is not an
  /// element's, too.
  boolean hasVariable(Key key) {
    return key.index() < fixed
        || !(key.variable().isEmpty() || shadows.get(key.index()) || nameless.get(key.index()));
  }

  /// How a header in a file names a path: without the numbers of the elements of lists.
  String header(@Nullable Element element, String path) {
    if (element == null) {
      return path;
    }
    TablesType tables = element.owner().tables();
    String name = tables != null && tables.named() ? "." + Nodes.key(element.name()) : "";
    return header(home(element.owner()), element.owner().path())
        + name
        + path.substring(element.path().length());
  }

  /// How other frameworks name a path: the numbers of the elements of lists in brackets.
  String spelled(@Nullable Element element, String path, FlatValue.Spelling spelling) {
    if (element == null) {
      return spelling.setting(path);
    }
    TablesType tables = element.owner().tables();
    boolean named = tables != null && tables.named();
    return spelled(home(element.owner()), element.owner().path(), spelling)
        + (named ? spelling.table(element.name()) : "[" + element.name() + "]")
        + "."
        + spelling.setting(path.substring(element.path().length() + 1));
  }

  /// Whether a setting belongs to a list that a later layer took the place of: its definitions are
  /// checked, and it has no value.
  boolean isShadow(Key key) {
    return key.index() >= fixed && shadows.get(key.index());
  }

  /// Adds an element with its settings.
  ///
  /// @param name its name or number
  /// @param shadow whether a later layer took its place
  Element add(Key owner, TablesType type, String name, Candidate origin, Span at, boolean shadow) {
    if (all.size() == fixed) {
      all = new ArrayList<>(all);
      homes = new ArrayList<>();
      elements = new HashMap<>();
      byPath = new HashMap<>();
      byVariable = new HashMap<>();
      retired = new ArrayList<>();
    }
    int first = all.size();
    boolean plain = isPlain(name);
    String path = owner.path() + "." + (plain ? name : Nodes.quoted(name));
    String variable =
        !plain || shadow || owner.variable().isEmpty()
            ? ""
            : owner.variable() + "_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    Element element = new Element(owner, name, path, first, origin, at);
    for (Key one : type.schema().keys()) {
      Key key = one.in(path, variable, first, owner.index());
      all.add(key);
      homes.add(element);
      if (shadow || isShadow(owner)) {
        shadows.set(key.index());
      } else {
        byPath.put(key.path(), key);
        claim(key.variable(), key);
      }
    }
    for (Retired one : type.schema().retired()) {
      Key now = one.now();
      String old = variable.isEmpty() ? "" : variable + "_" + one.variable();
      retired.add(
          new Retired(
              path + "." + one.path(),
              old,
              now == null ? null : all.get(first + now.index()),
              one.reason()));
    }
    if (!shadow) {
      elements.computeIfAbsent(owner, key -> new ArrayList<>()).add(element);
    }
    return element;
  }

  private void claim(String variable, Key key) {
    if (variable.isEmpty()) {
      return;
    }
    if (schema.byVariable(variable) != null) {
      nameless.set(key.index());
    } else if (byVariable.putIfAbsent(variable, key) != null) {
      ambiguous.add(variable);
    }
  }

  /// Whether a name may be part of an environment name.
  private static boolean isPlain(String name) {
    boolean plain = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '-';
    }
    return plain;
  }

  /// The settings in the order of the schema, those of elements behind their list or map.
  List<Key> inOrder() {
    if (all.size() == fixed) {
      return all;
    }
    List<Key> ordered = new ArrayList<>(all.size());
    for (int i = 0; i < fixed; i++) {
      addTo(ordered, all.get(i));
    }
    return ordered;
  }

  private void addTo(List<Key> ordered, Key key) {
    ordered.add(key);
    for (Element element : elements(key)) {
      TablesType type = key.tables();
      int count = type == null ? 0 : type.schema().keys().size();
      for (int i = 0; i < count; i++) {
        addTo(ordered, all.get(element.first() + i));
      }
    }
  }
}
