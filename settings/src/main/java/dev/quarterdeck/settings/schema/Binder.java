package dev.quarterdeck.settings.schema;

import org.jspecify.annotations.Nullable;

/// Builds a settings record from its values by calling its constructors; generated beside the root
/// record as `NameBinder`. Keeps no state.
///
/// @param <T> the root record
public interface Binder<T> {
  /// The settings of the record.
  Schema schema();

  /// The record with the values, its cross-field rules checked on the way.
  T bind(Values values);

  /// One element of a list or map of records, made by [Values#list] and [Values#map].
  ///
  /// @param shape the number of the record
  /// @param first the number of the element's first setting
  /// @param path the element's path
  default @Nullable Object element(int shape, Values values, int first, String path) {
    throw new IllegalArgumentException("no record has the number " + shape);
  }
}
