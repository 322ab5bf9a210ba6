package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.Sameness;
import dev.quarterdeck.settings.Told;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One side of a [Difference]. Immutable.
public abstract sealed class Side {
  private final String name;

  private Side(String name) {
    this.name = name;
  }

  /// A load.
  ///
  /// @param name how its column is headed
  public static Side of(String name, Provenance load) {
    return new Load(name, load);
  }

  /// A running program.
  ///
  /// @param name how its column is headed
  public static Side of(String name, Told told) {
    return new Program(name, told);
  }

  final String name() {
    return name;
  }

  abstract Schema schema();

  /// The settings that it has, those of the tables of lists and maps included.
  abstract List<Key> keys();

  /// Whether it tells the tables of lists and maps one by one.
  final boolean tellsTables() {
    return this instanceof Load;
  }

  /// The value as a cell.
  abstract String value(Key key);

  /// Where the value comes from; empty when that is not told.
  abstract String origin(Key key);

  abstract Map<String, Object> json(Key key);

  abstract List<String> others();

  abstract Sameness compare(Key key, Side other);

  private static final class Load extends Side {
    private final Provenance load;

    Load(String name, Provenance load) {
      super(name);
      this.load = load;
    }

    @Override
    Schema schema() {
      return load.schema();
    }

    @Override
    List<Key> keys() {
      return load.keys();
    }

    @Override
    String value(Key named) {
      Key key = load.own(named);
      if (key == null || !load.applies(key)) {
        return "-";
      }
      if (load.missing(key)) {
        return "(required)";
      }
      String shown = load.winner(key).shown();
      return !load.present(key) ? "-" : shown.isEmpty() ? "\"\"" : shown;
    }

    @Override
    String origin(Key named) {
      Key key = load.own(named);
      return key == null ? "" : load.winner(key).place().toString();
    }

    @Override
    Map<String, Object> json(Key named) {
      Key key = load.own(named);
      if (key == null) {
        return Map.of("shown", "-");
      }
      Definition winner = load.winner(key);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("shown", value(key));
      one.put("layer", winner.layer().label());
      one.put("place", FaultsJson.place(winner.place()));
      return one;
    }

    @Override
    List<String> others() {
      return List.of();
    }

    @Override
    Sameness compare(Key key, Side other) {
      return switch (other) {
        case Load theirs -> same(key, theirs.load) ? Sameness.SAME : Sameness.DIFFERENT;
        case Program theirs -> theirs.told.compare(key, load);
      };
    }

    /// Of lists and maps, whether both have the same tables: what is in those has lines of its own.
    private boolean same(Key key, Provenance theirs) {
      if (key.tables() != null && key.owner() < 0) {
        return load.tableNames(key).equals(theirs.tableNames(key));
      }
      return load.sameValue(key, theirs);
    }
  }

  private static final class Program extends Side {
    private final Told told;

    Program(String name, Told told) {
      super(name);
      this.told = told;
    }

    @Override
    Schema schema() {
      return told.schema();
    }

    @Override
    List<Key> keys() {
      return told.schema().keys();
    }

    @Override
    String value(Key key) {
      String shown = told.shown(key);
      return shown == null ? "-" : shown.isEmpty() ? "\"\"" : shown;
    }

    @Override
    String origin(Key key) {
      return "";
    }

    @Override
    Map<String, Object> json(Key key) {
      return Map.of("shown", value(key));
    }

    @Override
    List<String> others() {
      return told.others();
    }

    @Override
    Sameness compare(Key key, Side other) {
      return switch (other) {
        case Load theirs -> told.compare(key, theirs.load);
        case Program theirs -> told.compare(key, theirs.told);
      };
    }
  }
}
