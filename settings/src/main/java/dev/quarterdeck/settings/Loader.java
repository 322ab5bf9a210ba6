package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Binder;
import dev.quarterdeck.settings.schema.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the layers of a load. What it loads depends on nothing but what it is given: the files
/// named, the environment and arguments passed. Not for several threads at once; may load again.
///
/// @param <T> the root record
public final class Loader<T> {
  private final Binder<T> binder;
  private final List<Input> files = new ArrayList<>();
  private final List<Input> overrides = new ArrayList<>();
  private final List<Input> dotenvs = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private Map<String, String> environment = Map.of();

  /// A file of a layer.
  private record Input(Path path, boolean optional) {
    boolean isRead() {
      return !optional || Files.exists(path);
    }
  }

  Loader(Binder<T> binder) {
    this.binder = binder;
  }

  /// Adds a configuration file, over those before it.
  public Loader<T> toml(Path file) {
    files.add(new Input(file, false));
    return this;
  }

  /// Adds a configuration file that is read when something is there at the time of the load.
  public Loader<T> tomlIfPresent(Path file) {
    files.add(new Input(file, true));
    return this;
  }

  /// Adds an override file, over those before it.
  public Loader<T> override(Path file) {
    overrides.add(new Input(file, false));
    return this;
  }

  /// Adds a `.env` file, over those before it.
  public Loader<T> dotenv(Path file) {
    dotenvs.add(new Input(file, false));
    return this;
  }

  /// Adds a `.env` file that is read when something is there at the time of the load.
  public Loader<T> dotenvIfPresent(Path file) {
    dotenvs.add(new Input(file, true));
    return this;
  }

  /// The files added so far, in their order; those that need not exist included.
  public List<Path> files() {
    List<Path> all = new ArrayList<>();
    for (List<Input> inputs : List.of(files, overrides, dotenvs)) {
      inputs.forEach(input -> all.add(input.path()));
    }
    return all;
  }

  /// Sets the process environment. The map is not copied.
  public Loader<T> environment(Map<String, String> environment) {
    this.environment = environment;
    return this;
  }

  /// Adds `KEY=VALUE` texts of the command line, over those before them.
  public Loader<T> arguments(List<String> assignments) {
    arguments.addAll(assignments);
    return this;
  }

  /// Loads.
  ///
  /// @throws SettingsException with all faults
  public Loaded<T> load() {
    Checkup<T> checkup = check();
    Optional<Loaded<T>> loaded = checkup.loaded();
    if (loaded.isPresent()) {
      return loaded.get();
    }
    throw new SettingsException(checkup);
  }

  /// Loads, and throws nothing for faults of the settings.
  public Checkup<T> check() {
    Load load = new Load(binder.schema());
    readLayers(load);
    Resolution.chooseProfile(load);
    @Nullable Object[] values = Resolution.resolve(load);
    if (load.schema.strict(load.profile)) {
      SecretRules.check(load);
    }
    for (Input input : dotenvs) {
      DotEnvLayer.checkPermissions(load, input.path());
    }
    T record = bind(load, values);
    if (load.failed()) {
      suggestForMissing(load);
    }
    for (Candidate head : load.heads) {
      for (Candidate one = head; one != null; one = one.shadowed) {
        one.forgetSecret();
      }
    }
    Provenance provenance = new Provenance(load, values);
    List<Fault> faults = load.faults(false);
    List<Fault> warnings = load.faults(true);
    Optional<Loaded<T>> loaded =
        record == null || !faults.isEmpty()
            ? Optional.empty()
            : Optional.of(new Loaded<>(record, provenance, warnings, this));
    return new Checkup<>(loaded, provenance, faults, warnings);
  }

  private void readLayers(Load load) {
    for (Input input : files) {
      if (input.isRead()) {
        TomlLayer.read(load, Layer.FILE, input.path());
      }
    }
    for (Input input : overrides) {
      TomlLayer.read(load, Layer.OVERRIDE, input.path());
    }
    Expansion.expand(load);
    for (Input input : dotenvs) {
      if (input.isRead()) {
        DotEnvLayer.read(load, input.path());
      }
    }
    EnvironmentLayer.read(load, environment);
    if (!arguments.isEmpty()) {
      ArgumentLayer.read(load, arguments);
    }
  }

  private @Nullable T bind(Load load, @Nullable Object[] values) {
    try {
      return binder.bind(new RecordValues(load, values));
    } catch (IllegalArgumentException | NullPointerException e) {
      if (!load.failed()) {
        refused(load, e);
      }
      return null;
    }
  }

  /// Reports a record that refuses its values; the message is the program's own and may hold a
  /// value, so only the place of the refusal is shown when there are secrets.
  private static void refused(Load load, RuntimeException e) {
    boolean secrets = false;
    for (Key key : load.schema.keys()) {
      secrets |= key.holdsSecrets();
    }
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "a settings record" : trace[0].getClassName();
    load.report(
        new Fault(
            FaultCode.RECORD.code(),
            false,
            "",
            where + " refuses its values" + (secrets ? "" : ": " + e.getMessage()),
            new Place.Nowhere(),
            null,
            "correct the values, or declare the constraint at the setting so that it has a place",
            List.of()));
  }

  private void suggestForMissing(Load load) {
    boolean missing = false;
    for (Fault fault : load.faults(false)) {
      missing |= fault.code().equals(FaultCode.MISSING.code());
    }
    if (missing) {
      for (Fault warning : EnvironmentLayer.nearMisses(load, environment)) {
        load.report(warning);
      }
    }
  }

  List<Fault> nearMisses() {
    return EnvironmentLayer.nearMisses(new Load(binder.schema()), environment);
  }
}
