package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.schema.Constraint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
/// @param formerly paths and environment names that it had
/// @param deprecated why nobody should use it any more, empty while they should
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
    Limits limits,
    List<Old> formerly,
    String deprecated)
    implements RecordModel.Member {

  /// Whether another variant's setting of the same path is declared in the same way.
  boolean isLike(SettingModel other) {
    return type.java().equals(other.type.java())
        && type.expression().equals(other.type.expression())
        && doc.equals(other.doc)
        && Objects.equals(fallback, other.fallback)
        && own.equals(other.own)
        && computed.equals(other.computed)
        && unit.equals(other.unit)
        && limits.equals(other.limits)
        && formerly.equals(other.formerly)
        && deprecated.equals(other.deprecated);
  }

  /// A name that it had.
  ///
  /// @param path the old path
  /// @param variable the old environment name
  record Old(String path, String variable) {}

  /// The members of `@Setting` that limit the value, as written.
  record Limits(
      String min,
      String max,
      int minLength,
      int maxLength,
      String pattern,
      boolean notBlank,
      List<String> oneOf) {
    static Limits length(int least, int greatest) {
      return new Limits("", "", least, greatest, "", false, List.of());
    }

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
