package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.Converter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The types of settings, for generated code.
public final class Types {
  public static final Type TEXT = new ScalarType(Scalar.TEXT, null);
  public static final Type INT = new ScalarType(Scalar.INT, null);
  public static final Type LONG = new ScalarType(Scalar.LONG, null);
  public static final Type DOUBLE = new ScalarType(Scalar.DOUBLE, null);
  public static final Type BOOLEAN = new ScalarType(Scalar.BOOLEAN, null);
  public static final Type PATH = new ScalarType(Scalar.PATH, null);
  public static final Type URI = new ScalarType(Scalar.URI, null);
  public static final Type BYTES = new ScalarType(Scalar.BYTES, null);
  public static final Type CPU = new ScalarType(Scalar.CPU, null);
  public static final Type MEMORY = new ScalarType(Scalar.MEMORY, null);
  public static final Type RATES = new ScalarType(Scalar.RATES, null);
  public static final Type HOST_PORT = new ScalarType(Scalar.HOST_PORT, null);
  public static final Type PATTERN = new ScalarType(Scalar.PATTERN, null);
  public static final Type CIDR = new ScalarType(Scalar.CIDR, null);

  private Types() {}

  /// Durations whose bare numbers count the unit.
  public static Type duration(ChronoUnit unit) {
    return new ScalarType(Scalar.DURATION, unit);
  }

  /// An enum.
  ///
  /// @param constants all constants
  /// @param names their names, in the same order
  /// @param texts their spellings, in the same order
  public static Type oneOf(Object[] constants, List<String> names, List<String> texts) {
    return new EnumType(constants, names, texts);
  }

  /// Lists of a type.
  public static Type list(Type element) {
    return new ListType(element, false);
  }

  /// Sets of a type, in the order given.
  public static Type set(Type element) {
    return new ListType(element, true);
  }

  /// Maps from text to a type.
  public static Type map(Type element) {
    return new MapType(element);
  }

  /// Records one after the other, `[[name]]` in a file.
  ///
  /// @param element the settings of one of them
  public static Type tables(Schema element) {
    return new TablesType(element, false);
  }

  /// Records by name, `[name.key]` in a file.
  ///
  /// @param element the settings of one of them
  public static Type namedTables(Schema element) {
    return new TablesType(element, true);
  }

  /// A text of a list, for the key that chooses a variant.
  public static Type variant(List<String> texts) {
    return new EnumType(texts.toArray(), List.of(), texts);
  }

  /// A type of the program's own.
  public static <T> Type converted(Converter<T> converter) {
    return new ConvertedType<>(converter);
  }

  /// Whether values are URLs, which may hold a password.
  public static boolean isUrl(Type type) {
    return type instanceof ScalarType scalar && scalar.scalar == Scalar.URI;
  }

  /// Whether an empty text is a value of the type rather than the lack of one.
  public static boolean readsEmptyText(Type type) {
    return !(type instanceof ScalarType scalar) || scalar.scalar == Scalar.TEXT;
  }
}
