package dev.quarterdeck.production.components;

import java.util.List;
import java.util.Locale;

/// A kind of component and where its files lie.
///
/// @param folders directories whose files or folders are components, below any other directory
/// @param suffixes endings of the files, with their dot; none for a bundle
/// @param primary the main file of a bundle relative to its folder's parent, with `{name}` for the
///   name and `*` for anything; empty when there is no such rule
/// @param builtIn false when a `component_types.yaml` defines it
public record ComponentType(
    String name,
    Domain domain,
    Kind kind,
    List<String> folders,
    List<String> suffixes,
    String primary,
    boolean builtIn) {
  public ComponentType {
    folders = List.copyOf(folders);
    suffixes = List.copyOf(suffixes);
  }

  /// Where a component can be deployed.
  public enum Domain {
    SALESFORCE,
    VLOCITY;

    /// As `component_types.yaml` writes it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How the files of one component hang together.
  public enum Kind {
    /// One file, maybe with its `-meta.xml`.
    SINGLE_FILE,
    /// Every file of a folder.
    BUNDLE;

    /// As `component_types.yaml` writes it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
