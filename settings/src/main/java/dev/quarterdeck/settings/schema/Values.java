package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.Checked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/// The values of one load by the number of their setting; for generated code.
public interface Values {
  /// The value of a setting, of the type that the record declares.
  @NullUnmarked
  Object get(int index);

  /// The value of a setting that may have none.
  Optional<?> optional(int index);

  /// The elements of a list of records.
  ///
  /// @param shape the number of their record in the binder
  List<?> list(int index, int shape, Binder<?> binder);

  /// The elements of a map of records.
  ///
  /// @param shape the number of their record in the binder
  Map<String, ?> map(int index, int shape, Binder<?> binder);

  /// Runs the cross-field rules of a record.
  ///
  /// @param path the path of the table that the record's keys stand in, empty for the top level
  void check(String path, Checked record);
}
