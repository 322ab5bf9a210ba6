package dev.quarterdeck.settings;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The outcome of a load that throws nothing.
///
/// @param loaded the settings, empty with faults
/// @param provenance where every value comes from, as far as known
/// @param faults in the order of the layers and of the lines in them
/// @param warnings in the same order
/// @param <T> the root record
public record Checkup<T>(
    Optional<Loaded<T>> loaded, Provenance provenance, List<Fault> faults, List<Fault> warnings) {
  public Checkup {
    faults = List.copyOf(faults);
    warnings = List.copyOf(warnings);
  }

  /// Whether the settings loaded.
  public boolean ok() {
    return faults.isEmpty();
  }

  /// The path or environment name that was meant by a name that no setting has, null when none is
  /// near.
  public @Nullable String nearest(String name) {
    return Suggestions.nearest(name, provenance.schema());
  }

  /// All faults and warnings as a text for people.
  public String report() {
    return FaultText.report(faults, warnings, provenance.profile());
  }
}
