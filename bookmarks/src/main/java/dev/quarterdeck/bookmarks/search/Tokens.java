package dev.quarterdeck.bookmarks.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Cuts a query into tokens, in one pass.
final class Tokens {
  private static final String ENDS_WORD = "()\"'#!";
  private static final String ENDS_NAME = "()\"'";

  private final String text;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private Tokens(String text, Dialect dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  static List<Token> of(String text, Dialect dialect) throws InvalidQuery {
    Tokens reader = new Tokens(text, dialect);
    while (reader.skipSpace()) {
      reader.token();
    }
    reader.tokens.add(Token.sign(Token.Kind.END, text.length(), "the end"));
    return reader.tokens;
  }

  private boolean skipSpace() {
    while (next < text.length() && isSpace(text.charAt(next))) {
      next++;
    }
    return next < text.length();
  }

  private void token() throws InvalidQuery {
    int at = next;
    switch (text.charAt(next)) {
      case '(' -> sign(Token.Kind.OPEN, "(");
      case ')' -> sign(Token.Kind.CLOSE, ")");
      case '"', '\'' -> operand(at, new Node.Text(at, Node.Scope.ANYWHERE, quoted()));
      case '#' -> tag();
      case '!' -> keyword();
      case '-' -> {
        if (dialect == Dialect.QUARTERDECK && negates()) {
          sign(Token.Kind.NOT, "-");
        } else {
          word();
        }
      }
      default -> word();
    }
  }

  private void sign(Token.Kind kind, String sign) {
    tokens.add(Token.sign(kind, next, sign));
    next++;
  }

  private void operand(int at, Node node) {
    tokens.add(Token.operand(at, text.substring(at, next), node));
  }

  /// A hyphen negates what follows it at once; two are the beginning of an option's name.
  private boolean negates() {
    return next + 1 < text.length()
        && !isSpace(text.charAt(next + 1))
        && text.charAt(next + 1) != '-'
        && text.charAt(next + 1) != ')';
  }

  private void tag() {
    int at = next++;
    boolean quoted = dialect == Dialect.QUARTERDECK && atQuote();
    String name = quoted ? quoted() : run(ENDS_NAME);
    if (!name.isEmpty()) {
      operand(at, new Node.Tag(at, name));
    }
  }

  private void keyword() {
    int at = next++;
    String name = run(ENDS_NAME).toLowerCase(Locale.ROOT);
    if (!name.isEmpty()) {
      operand(
          at,
          switch (name) {
            case "unread" -> new Node.Is(at, Node.Property.UNREAD);
            case "untagged" -> new Node.Is(at, Node.Property.UNTAGGED);
            default -> new Node.All(at);
          });
    }
  }

  private void word() throws InvalidQuery {
    int at = next;
    if (dialect == Dialect.QUARTERDECK) {
      Optional<Qualifier> qualifier = Qualifier.at(text, at);
      if (qualifier.isPresent()) {
        next += qualifier.get().word().length() + 1;
        int valueAt = next;
        String value = atQuote() ? quoted() : run(ENDS_NAME);
        operand(at, qualifier.get().node(at, valueAt, value));
        return;
      }
    }
    String word = run(ENDS_WORD);
    switch (word.toLowerCase(Locale.ROOT)) {
      case "and" -> tokens.add(Token.sign(Token.Kind.AND, at, word));
      case "or" -> tokens.add(Token.sign(Token.Kind.OR, at, word));
      case "not" -> tokens.add(Token.sign(Token.Kind.NOT, at, word));
      default -> operand(at, new Node.Text(at, Node.Scope.ANYWHERE, word));
    }
  }

  private boolean atQuote() {
    return next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '\'');
  }

  /// What stands before the next space and the next of these signs.
  private String run(String ends) {
    int from = next;
    while (next < text.length()
        && !isSpace(text.charAt(next))
        && ends.indexOf(text.charAt(next)) < 0) {
      next++;
    }
    return text.substring(from, next);
  }

  /// The content of a quotation; one that is not closed ends with the query.
  private String quoted() {
    char quote = text.charAt(next++);
    StringBuilder content = new StringBuilder();
    while (next < text.length() && text.charAt(next) != quote) {
      char c = text.charAt(next++);
      if (c != '\\') {
        content.append(c);
      } else if (next < text.length()) {
        content.append(escaped(text.charAt(next++)));
      }
    }
    next = Math.min(next + 1, text.length());
    return content.toString();
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
