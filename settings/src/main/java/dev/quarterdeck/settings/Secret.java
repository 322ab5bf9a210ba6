package dev.quarterdeck.settings;

import java.util.Objects;

/// A value that nobody may see by accident: it prints as `<secret>`, is refused in files and on the
/// command line, and leaves this object only by [#reveal].
///
/// @param <T> the type of the value
public final class Secret<T> {
  private final T value;

  private Secret(T value) {
    this.value = Objects.requireNonNull(value);
  }

  /// Wraps a value.
  public static <T> Secret<T> of(T value) {
    return new Secret<>(value);
  }

  /// The value itself. Every call of this is a place to audit.
  public T reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret<?> secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "<secret>";
  }
}
