package dev.quarterdeck.bookmarks.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads queries. `not` binds closer than `and`, `and` closer than `or`; words side by side are
/// joined by `and`. It keeps its own stack, so that no query is too deep for it.
public final class QueryParser {
  /// Longest query, in characters.
  public static final int MAX_LENGTH = 10_000;

  /// Most different words, tags and qualifiers of one query.
  public static final int MAX_OPERANDS = 256;

  /// Deepest nesting of groups that differ from the group around them.
  public static final int MAX_DEPTH = 100;

  /// The groups that are open, the innermost first.
  private final Deque<Group> groups = new ArrayDeque<>();

  private QueryParser() {}

  /// Reads a query; an empty one is [Node.All].
  ///
  /// @throws InvalidQuery it cannot be read, or is over a limit; the message has the column
  public static Node parse(String text, Dialect dialect) throws InvalidQuery {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidQuery(
          MAX_LENGTH,
          "the query has %d characters (expected: at most %d)"
              .formatted(text.length(), MAX_LENGTH));
    }
    List<Token> tokens = Tokens.of(text, dialect);
    return tokens.size() == 1 ? new Node.All(0) : new QueryParser().tree(tokens);
  }

  private Node tree(List<Token> tokens) throws InvalidQuery {
    Set<Node> operands = new HashSet<>();
    groups.push(new Group(tokens.getFirst()));
    boolean wanted = true;
    for (Token token : tokens) {
      wanted = (wanted || joinsSilently(token)) ? operand(token, operands) : afterOperand(token);
    }
    return groups.pop().node();
  }

  private static boolean joinsSilently(Token token) {
    return switch (token.kind()) {
      case OPERAND, NOT, OPEN -> true;
      case AND, OR, CLOSE, END -> false;
    };
  }

  /// Takes a token where an operand may begin; answers whether one is still wanted after it.
  private boolean operand(Token token, Set<Node> operands) throws InvalidQuery {
    Group group = groups.element();
    switch (token.kind()) {
      case NOT -> group.negate(token);
      case OPEN -> groups.push(new Group(token));
      case OPERAND -> {
        if (operands.add(Nodes.withoutPlace(token.operand())) && operands.size() > MAX_OPERANDS) {
          throw new InvalidQuery(
              token.at(), "more than %d different words (expected: fewer)".formatted(MAX_OPERANDS));
        }
        group.add(token.operand());
        return false;
      }
      case AND, OR, CLOSE, END ->
          throw new InvalidQuery(
              token.at(),
              "found %s (expected: a word, a tag or a group in parentheses; the words and, or, not stand in quotes to be searched for)"
                  .formatted(token.shown()));
    }
    return true;
  }

  private boolean afterOperand(Token token) throws InvalidQuery {
    switch (token.kind()) {
      case AND -> {
        return true;
      }
      case OR -> {
        groups.element().or();
        return true;
      }
      case CLOSE -> close(token);
      case END -> {
        if (groups.size() > 1) {
          throw new InvalidQuery(
              groups.element().opening.at(), "this parenthesis is not closed (expected: a ')')");
        }
      }
      case OPERAND, NOT, OPEN -> throw new IllegalStateException("taken as an operand");
    }
    return false;
  }

  private void close(Token token) throws InvalidQuery {
    if (groups.size() == 1) {
      throw new InvalidQuery(token.at(), "nothing is open that this ')' could close");
    }
    Group closed = groups.pop();
    Node node = closed.node();
    if (Nodes.depthOver(node, MAX_DEPTH)) {
      throw new InvalidQuery(
          closed.opening.at(),
          "groups in groups, over %d deep (expected: fewer)".formatted(MAX_DEPTH));
    }
    groups.element().add(node);
  }

  /// What was read of one pair of parentheses.
  private static final class Group {
    private final Token opening;
    private final List<Node> alternatives = new ArrayList<>();
    private List<Node> joined = new ArrayList<>();
    private int negatedAt;
    private boolean negated;

    Group(Token opening) {
      this.opening = opening;
    }

    void negate(Token token) {
      negatedAt = token.at();
      negated = !negated;
    }

    void add(Node node) {
      joined.add(negated ? Nodes.not(negatedAt, node) : node);
      negated = false;
    }

    void or() {
      alternatives.add(Nodes.and(joined));
      joined = new ArrayList<>();
    }

    Node node() {
      or();
      return Nodes.or(alternatives);
    }
  }
}
