package dev.quarterdeck.settings.schema;

/// Builds a settings record from its values by calling its constructors; generated beside the root
/// record as `NameBinder`. Keeps no state.
///
/// @param <T> the root record
public interface Binder<T> {
  /// The settings of the record.
  Schema schema();

  /// The record with the values, its cross-field rules checked on the way.
  T bind(Values values);
}
