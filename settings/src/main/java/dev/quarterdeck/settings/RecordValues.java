package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Binder;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// Hands the values to the binder and runs the records' rules.
final class RecordValues implements Values {
  private final Load load;
  private final @Nullable Object[] values;
  private boolean allSound;

  RecordValues(Load load, @Nullable Object[] values) {
    this.load = load;
    this.values = values;
    this.allSound = true;
    for (boolean tainted : load.tainted) {
      allSound &= !tainted;
    }
  }

  @Override
  @NullUnmarked
  public Object get(int index) {
    return values[index];
  }

  @Override
  public Optional<?> optional(int index) {
    return Optional.ofNullable(values[index]);
  }

  @Override
  public List<?> list(int index, int shape, Binder<?> binder) {
    List<Object> list = new ArrayList<>();
    for (Element one : load.keys.elements(load.keys.get(index))) {
      Object element = binder.element(shape, this, one.first(), one.path());
      if (element != null) {
        list.add(element);
      }
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  public Map<String, ?> map(int index, int shape, Binder<?> binder) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Element one : load.keys.elements(load.keys.get(index))) {
      Object element = binder.element(shape, this, one.first(), one.path());
      if (element != null) {
        map.put(one.name(), element);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public void check(String path, Checked record) {
    RuleReport report = new RuleReport(path);
    try {
      record.check(report);
    } catch (RuntimeException e) {
      // A rule may stumble over a value that stands in for a faulty one; that is no news.
      if (allSound) {
        throw e;
      }
    }
  }

  /// Takes the broken rules of one record.
  private final class RuleReport implements Rules {
    private final String table;

    RuleReport(String table) {
      this.table = table;
    }

    private Key key(String name) {
      Key key = table.isEmpty() ? null : load.keys.byPath(table + "." + name);
      if (key == null) {
        key = load.keys.byPath(name);
      }
      if (key == null) {
        throw new IllegalArgumentException(name + ": there is no such setting (a rule names it)");
      }
      return key;
    }

    @Override
    public void require(boolean holds, String key, String expected, String... involved) {
      requireOr(holds, key, expected, "", involved);
    }

    @Override
    public void requireOr(
        boolean holds, String key, String expected, String remedy, String... involved) {
      Key subject = key(key);
      boolean sound = !load.tainted[subject.index()];
      for (String other : involved) {
        sound &= !load.tainted[key(other).index()];
      }
      if (!holds && sound) {
        report(FaultCode.RULE, subject, expected, remedy, involved);
      }
    }

    @Override
    public void advise(boolean holds, String key, String warning) {
      Key subject = key(key);
      if (!holds && !load.tainted[subject.index()]) {
        report(FaultCode.ADVICE, subject, warning, "");
      }
    }

    private void report(
        FaultCode code, Key subject, String words, String remedy, String... involved) {
      Candidate head = load.heads[subject.index()];
      List<Definition> others = new ArrayList<>();
      StringBuilder names = new StringBuilder(subject.path());
      for (String name : involved) {
        Key other = key(name);
        names
            .append(names.length() == subject.path().length() ? " or " : ", ")
            .append(other.path());
        others.add(Provenance.winner(load, values, other));
      }
      boolean warning = code == FaultCode.ADVICE;
      String shown = Provenance.winner(load, values, subject).shown();
      load.report(
          new Fault(
              code.code(),
              warning,
              subject.path(),
              subject.path() + ": " + (warning ? words : shown + " (expected: " + words + ")"),
              head == null ? Provenance.winner(load, values, subject).place() : head.place(),
              head == null ? null : Load.excerpt(head, null),
              !remedy.isEmpty() ? remedy : warning ? "" : "change " + names,
              others));
    }

    @Override
    public boolean isSet(String key) {
      return load.heads[key(key).index()] != null;
    }

    @Override
    public String profile() {
      return load.profile < 0 ? "" : load.schema.profiles().get(load.profile);
    }

    @Override
    public boolean strict() {
      return load.schema.strict(load.profile);
    }
  }
}
