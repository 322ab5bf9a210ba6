package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.schema.Constraint;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/// A setting as declared.
///
/// @param element the component
/// @param path the canonical path
/// @param variable the environment name
/// @param type its type
/// @param fallback the default of all profiles, null for none
/// @param own defaults of single profiles, by profile
/// @param limits what the annotation says of the value
record SettingModel(
    Element element,
    String path,
    String variable,
    TypeModel type,
    String doc,
    @Nullable String fallback,
    Map<String, String> own,
    String computed,
    String unit,
    Limits limits)
    implements RecordModel.Member {

  /// The members of `@Setting` that limit the value, as written.
  record Limits(
      String min,
      String max,
      int minLength,
      int maxLength,
      String pattern,
      boolean notBlank,
      List<String> oneOf) {
    boolean none() {
      return min.isEmpty()
          && max.isEmpty()
          && minLength == 0
          && maxLength == Integer.MAX_VALUE
          && pattern.isEmpty()
          && !notBlank
          && oneOf.isEmpty();
    }

    Constraint constraint() {
      return new Constraint(
          min.isEmpty() ? null : min,
          max.isEmpty() ? null : max,
          minLength,
          maxLength,
          pattern.isEmpty() ? null : pattern,
          notBlank,
          oneOf);
    }
  }
}
