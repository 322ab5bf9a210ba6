package dev.quarterdeck.bookmarks.exchange;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.parser.Parser;

/// Cuts HTML that keeps no rules into tags, comments and text, in constant memory: texts and values
/// longer than [#LONGEST] are cut, values that nobody wants are passed over. Belongs to one thread.
final class MarkupReader {
  /// Greatest number of characters of a text or a value.
  static final int LONGEST = 65_536;

  private static final int NAME_MAX = 40;
  private static final int COMMENT_KEPT = 200;
  private static final int BUFFER = 1 << 16;

  private final Reader in;
  private final Set<String> wanted;
  private final char[] buffer = new char[BUFFER];
  private int at;
  private int end;
  private boolean exhausted;
  private long line = 1;

  /// @param wanted names of attributes in upper case
  MarkupReader(Reader in, Set<String> wanted) {
    this.in = in;
    this.wanted = wanted;
  }

  /// A piece of the file.
  sealed interface Token {
    /// @param line of its beginning
    /// @param cut whether there was more
    record Text(String raw, boolean cut, long line) implements Token {}

    /// @param name in upper case
    /// @param attributes the wanted ones, names in upper case, values decoded
    record Tag(String name, boolean closing, Map<String, String> attributes, long line)
        implements Token {}

    /// @param closed whether its end was found
    record Comment(String start, boolean closed, long line) implements Token {}
  }

  /// The next piece; empty at the end.
  Optional<Token> next() throws IOException {
    if (!ready(1)) {
      return Optional.empty();
    }
    return Optional.of(markupHere() ? markup() : text());
  }

  long line() {
    return line;
  }

  private boolean markupHere() throws IOException {
    if (buffer[at] != '<' || !ready(2)) {
      return false;
    }
    char next = buffer[at + 1];
    return letter(next)
        || next == '!'
        || next == '?'
        || (next == '/' && ready(3) && letter(buffer[at + 2]));
  }

  private Token text() throws IOException {
    long from = line;
    StringBuilder raw = new StringBuilder();
    boolean cut = false;
    do {
      char c = take();
      if (raw.length() < LONGEST) {
        raw.append(c);
      } else {
        cut = true;
      }
    } while (ready(1) && !markupHere());
    return new Token.Text(raw.toString(), cut, from);
  }

  private Token markup() throws IOException {
    long from = line;
    take();
    if (buffer[at] == '!' || buffer[at] == '?') {
      return declaration(from);
    }
    boolean closing = buffer[at] == '/';
    if (closing) {
      take();
    }
    String name = name();
    Map<String, String> attributes = new HashMap<>();
    while (ready(1)) {
      char c = buffer[at];
      if (c == '>') {
        take();
        break;
      }
      if (c == '<' && markupHere()) {
        break;
      }
      if (Character.isWhitespace(c) || c == '/' || c == '=' || c == '"' || c == '\'') {
        take();
      } else {
        attribute(attributes);
      }
    }
    return new Token.Tag(name, closing, attributes, from);
  }

  private Token declaration(long from) throws IOException {
    boolean comment =
        ready(3) && buffer[at] == '!' && buffer[at + 1] == '-' && buffer[at + 2] == '-';
    StringBuilder start = new StringBuilder();
    while (ready(1)) {
      boolean closes =
          comment
              ? ready(3) && buffer[at] == '-' && buffer[at + 1] == '-' && buffer[at + 2] == '>'
              : buffer[at] == '>';
      if (closes) {
        for (int i = comment ? 3 : 1; i > 0; i--) {
          take();
        }
        return new Token.Comment(start.toString(), true, from);
      }
      char c = take();
      if (start.length() < COMMENT_KEPT) {
        start.append(c);
      }
    }
    return new Token.Comment(start.toString(), false, from);
  }

  private String name() throws IOException {
    StringBuilder name = new StringBuilder();
    while (ready(1) && nameCharacter(buffer[at])) {
      char c = take();
      if (name.length() < NAME_MAX) {
        name.append(c);
      }
    }
    return name.toString().toUpperCase(Locale.ROOT);
  }

  private void attribute(Map<String, String> attributes) throws IOException {
    String name = name();
    if (name.isEmpty()) {
      take();
      return;
    }
    blanks();
    if (!ready(1) || buffer[at] != '=') {
      keep(attributes, name, "");
      return;
    }
    take();
    blanks();
    StringBuilder value = new StringBuilder();
    boolean keep = wanted.contains(name);
    char quote = ready(1) ? buffer[at] : '>';
    if (quote == '"' || quote == '\'') {
      take();
      while (ready(1) && !lineEndsInMarkup() && !(buffer[at] == quote && closes())) {
        append(value, take(), keep);
      }
      if (ready(1) && buffer[at] == quote) {
        take();
      }
    } else {
      while (ready(1) && !Character.isWhitespace(buffer[at]) && buffer[at] != '>') {
        append(value, take(), keep);
      }
    }
    keep(attributes, name, value.toString());
  }

  private void keep(Map<String, String> attributes, String name, String raw) {
    if (wanted.contains(name)) {
      attributes.putIfAbsent(name, decoded(raw, true));
    }
  }

  /// A text without its entities.
  static String decoded(String raw, boolean inAttribute) {
    return raw.indexOf('&') < 0 ? raw : Parser.unescapeEntities(raw, inAttribute);
  }

  private static void append(StringBuilder value, char c, boolean keep) {
    if (keep && value.length() < LONGEST) {
      value.append(c);
    }
  }

  /// Whether the quote here ends the value: programs that do not escape write `?q="a"` inside.
  private boolean closes() throws IOException {
    if (!ready(2)) {
      return true;
    }
    char next = buffer[at + 1];
    if (Character.isWhitespace(next) || next == '>' || next == '/') {
      return true;
    }
    int i = 1;
    while (i <= NAME_MAX && ready(i + 2) && nameCharacter(buffer[at + i])) {
      i++;
    }
    return i > 1 && ready(i + 2) && buffer[at + i] == '=' && buffer[at + i + 1] == '"';
  }

  /// Whether a line ends here and the next begins with a tag: somebody forgot the closing quote.
  private boolean lineEndsInMarkup() throws IOException {
    if (buffer[at] != '\n') {
      return false;
    }
    int i = 1;
    while (i < 200 && ready(i + 1) && Character.isWhitespace(buffer[at + i])) {
      i++;
    }
    return ready(i + 1) && buffer[at + i] == '<';
  }

  private void blanks() throws IOException {
    while (ready(1) && Character.isWhitespace(buffer[at])) {
      take();
    }
  }

  private char take() {
    char c = buffer[at++];
    if (c == '\n') {
      line++;
    }
    return c;
  }

  /// Whether so many characters are left, which are in the buffer from here on.
  private boolean ready(int count) throws IOException {
    while (end - at < count && !exhausted) {
      if (at > 0 && BUFFER - at < count + 256) {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
      }
      int read = in.read(buffer, end, BUFFER - end);
      exhausted = read < 0;
      end += Math.max(0, read);
    }
    return end - at >= count;
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean nameCharacter(char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':';
  }
}
