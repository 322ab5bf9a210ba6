package dev.quarterdeck.settings.toml;

/// The stable codes of [TomlError].
public final class TomlCodes {
  /// Bytes that are not UTF-8, or a UTF-16 or UTF-32 file.
  public static final String ENCODING = "toml.encoding";

  /// A control character that TOML does not allow, or a carriage return without line feed.
  public static final String CONTROL_CHARACTER = "toml.control_character";

  /// Something else than the grammar allows at this place.
  public static final String SYNTAX = "toml.syntax";

  /// A key is missing, or not written as a key.
  public static final String BAD_KEY = "toml.bad_key";

  /// A key has no value, or the value is none of TOML's types.
  public static final String BAD_VALUE = "toml.bad_value";

  /// A quote without its counterpart.
  public static final String UNCLOSED_STRING = "toml.unclosed_string";

  /// A bracket or brace without its counterpart.
  public static final String UNCLOSED_BRACKET = "toml.unclosed_bracket";

  /// An escape that TOML does not know, or that names no character.
  public static final String BAD_ESCAPE = "toml.bad_escape";

  /// A number that is not written as TOML writes numbers.
  public static final String BAD_NUMBER = "toml.bad_number";

  /// An integer that does not fit in 64 bits.
  public static final String INTEGER_RANGE = "toml.integer_range";

  /// A date or time that is not written as TOML writes them, or that does not exist.
  public static final String BAD_DATE_TIME = "toml.bad_date_time";

  /// A key, or a table's header, that was given before.
  public static final String DUPLICATE_KEY = "toml.duplicate_key";

  /// A table, array or plain value used as something that it is not, or extended from outside.
  public static final String KEY_CONFLICT = "toml.key_conflict";

  /// Arrays, inline tables or keys nested deeper than 256 levels.
  public static final String DEPTH = "toml.depth";

  /// More errors than are reported; the rest of the file was not read.
  public static final String TOO_MANY_ERRORS = "toml.too_many_errors";

  private TomlCodes() {}
}
