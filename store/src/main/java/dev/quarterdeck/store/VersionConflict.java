package dev.quarterdeck.store;

/// The document is not at the version that the writer had read: another write came first.
public final class VersionConflict extends Exception {
  private static final long serialVersionUID = 1;

  public VersionConflict(Kind kind, String id, long expected, long actual) {
    super(
        "%s %s: at version %d (expected: %d); read it again and repeat the change"
            .formatted(kind.name(), id, actual, expected));
  }
}
