package dev.quarterdeck.settings;

/// Reads and writes a setting type of a program's own. Named in [Setting#converter] of a component
/// of that type, or of a list, set or map of it; `Optional` and `Secret` may stand around it. Needs
/// a public constructor without parameters, keeps no state, may be called by several threads. The
/// limits `min` and `max` reach types that are [Comparable].
///
/// @param <T> the type of the setting
public interface Converter<T> {
  /// Reads a text.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  T parse(String text);

  /// The notation that [#parse] reads back as the same value.
  String render(T value);

  /// What is read, as messages and documentation say it: `a colour such as #ff8800`.
  String expected();

  /// Stands for "no converter".
  final class None implements Converter<Object> {
    private None() {}

    @Override
    public Object parse(String text) {
      return text;
    }

    @Override
    public String render(Object value) {
      return value.toString();
    }

    @Override
    public String expected() {
      return "a text";
    }
  }
}
