package dev.quarterdeck.settings.dotenv;

/// The stable codes of [DotEnvError].
public final class DotEnvCodes {
  /// Bytes that are not UTF-8.
  public static final String ENCODING = "dotenv.encoding";

  /// A control character, or a carriage return without line feed.
  public static final String CONTROL_CHARACTER = "dotenv.control_character";

  /// A line that is neither `NAME=value`, nor a comment, nor blank.
  public static final String SYNTAX = "dotenv.syntax";

  /// A name with other characters than letters, digits and `_`, or no name at all.
  public static final String BAD_NAME = "dotenv.bad_name";

  /// White space around the `=`.
  public static final String SPACE_AROUND_EQUALS = "dotenv.space_around_equals";

  /// A quote without its counterpart.
  public static final String UNCLOSED_QUOTE = "dotenv.unclosed_quote";

  /// An escape in double quotes that the dialect does not have.
  public static final String BAD_ESCAPE = "dotenv.bad_escape";

  /// A character in a value without quotes that other readers of `.env` files take differently.
  public static final String NEEDS_QUOTES = "dotenv.needs_quotes";

  /// An unescaped `$` or backtick, which shells expand and this dialect does not.
  public static final String EXPANSION = "dotenv.expansion";

  /// Something after a closing quote that is not a comment.
  public static final String AFTER_QUOTE = "dotenv.after_quote";

  /// A name that was given before.
  public static final String DUPLICATE = "dotenv.duplicate";

  /// More errors than are reported; the rest of the file was not read.
  public static final String TOO_MANY_ERRORS = "dotenv.too_many_errors";

  private DotEnvCodes() {}
}
