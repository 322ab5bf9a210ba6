package dev.quarterdeck.bookmarks.search;

/// A piece of a query.
///
/// @param at index of its first character
/// @param shown as a message quotes it
record Token(Kind kind, int at, String shown, Node operand) {
  /// A token that is no operand.
  static Token sign(Kind kind, int at, String shown) {
    return new Token(kind, at, shown, new Node.All(at));
  }

  static Token operand(int at, String shown, Node node) {
    return new Token(Kind.OPERAND, at, shown, node);
  }

  enum Kind {
    OPERAND,
    AND,
    OR,
    NOT,
    OPEN,
    CLOSE,
    END
  }
}
