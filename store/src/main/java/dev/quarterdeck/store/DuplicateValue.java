package dev.quarterdeck.store;

/// Another document of the kind has the same value in a unique field.
public final class DuplicateValue extends Exception {
  private static final long serialVersionUID = 1;
  private final String field;

  public DuplicateValue(Kind kind, String field) {
    super("%s: another document has the same %s".formatted(kind.name(), field));
    this.field = field;
  }

  /// The field whose value is taken.
  public String field() {
    return field;
  }
}
