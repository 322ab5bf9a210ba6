package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the trees of bookmarks that browsers write as JSON. Chrome writes a folder's name after
/// its children, so the names are collected first, in a pass of its own. Belongs to one thread.
final class BrowserTree {
  private static final int FOLDERS_MAX = 500_000;
  private static final String DESCRIPTION = "bookmarkProperties/description";

  private final Dialect dialect;
  private final Entries entries;
  private final List<String> names = new ArrayList<>();
  private final Deque<Node> nodes = new ArrayDeque<>();
  private final Deque<Boolean> arrays = new ArrayDeque<>();
  private final Deque<String> path = new ArrayDeque<>();
  private int folders;

  BrowserTree(Dialect dialect, Entries entries) {
    this.dialect = dialect;
    this.entries = entries;
  }

  /// How a browser names things.
  enum Dialect {
    CHROME("name", "url", "date_added", "date_modified"),
    FIREFOX("title", "uri", "dateAdded", "lastModified");

    private final String title;
    private final String url;
    private final String added;
    private final String modified;

    Dialect(String title, String url, String added, String modified) {
      this.title = title;
      this.url = url;
      this.added = added;
      this.modified = modified;
    }

    Optional<Instant> date(String raw) {
      return this == CHROME ? FileDates.since1601(raw) : FileDates.read(raw);
    }
  }

  /// @param key the property it stands under, empty inside a list
  private static final class Node {
    final String key;
    final Draft draft;
    int folder = -1;
    boolean root;
    boolean hasUrl;
    @Nullable String annotation;
    String value = "";

    Node(String key, long line) {
      this.key = key;
      this.draft = new Draft(line);
    }
  }

  /// Reads the file, in two passes.
  void read(Encoding encoding, Content content) throws IOException {
    pass(encoding, content, this::nameFolder, true);
    nodes.clear();
    arrays.clear();
    path.clear();
    folders = 0;
    pass(encoding, content, this::emit, false);
  }

  private void pass(Encoding encoding, Content content, Consumer<Node> atEnd, boolean first)
      throws IOException {
    Entries told = first ? new Entries(content.part(), false, new Silent()) : entries;
    try (Reader in = encoding.reader(content)) {
      JsonTokens.read(
          in,
          told,
          parser -> {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
              take(parser, token, atEnd, first);
            }
            if (!nodes.isEmpty()) {
              told.problem(1, Code.FILE_BROKEN, "the file ends before its last object does");
            }
          });
    }
  }

  private void take(JsonParser parser, JsonToken token, Consumer<Node> atEnd, boolean first) {
    switch (token) {
      case START_OBJECT -> {
        String key = parser.streamReadContext().getParent().currentName();
        nodes.addLast(new Node(key == null ? "" : key, JsonTokens.line(parser)));
      }
      case END_OBJECT -> atEnd.accept(nodes.removeLast());
      case START_ARRAY -> openArray(parser, first);
      case END_ARRAY -> {
        if (arrays.removeLast() && !first) {
          path.removeLast();
        }
      }
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (!nodes.isEmpty() && parser.currentName() != null) {
          field(nodes.getLast(), parser.currentName(), parser);
        }
      }
      default -> {}
    }
  }

  private void openArray(JsonParser parser, boolean first) {
    boolean children = "children".equals(parser.streamReadContext().getParent().currentName());
    arrays.addLast(children);
    if (!children) {
      return;
    }
    if (first) {
      if (!nodes.isEmpty() && names.size() < FOLDERS_MAX) {
        nodes.getLast().folder = names.size();
        names.add("");
      }
    } else {
      path.addLast(folders < names.size() ? names.get(folders) : "");
      folders++;
    }
  }

  private void field(Node node, String name, JsonParser parser) {
    if (name.equals(dialect.title)) {
      node.draft.title = parser.getString();
      node.annotation = name.equals("name") ? node.draft.title : node.annotation;
    } else if (name.equals(dialect.url)) {
      node.draft.url = parser.getString();
      node.hasUrl = true;
    } else if (name.equals(dialect.added)) {
      node.draft.added = date(node, parser.getString());
    } else if (name.equals(dialect.modified)) {
      node.draft.modified = date(node, parser.getString());
    } else if (dialect == Dialect.FIREFOX) {
      firefoxField(node, name, parser);
    }
  }

  private static void firefoxField(Node node, String name, JsonParser parser) {
    switch (name) {
      case "tags" -> node.draft.tags = FileText.split(parser.getString(), ",");
      case "root" -> node.root = true;
      case "guid" -> node.root |= parser.getString().endsWith("_____");
      case "name" -> node.annotation = parser.getString();
      case "value" -> node.value = parser.getString();
      default -> {}
    }
  }

  private Optional<Instant> date(Node node, String raw) {
    Optional<Instant> date = dialect.date(raw);
    if (date.isEmpty() && FileDates.present(raw)) {
      node.draft.badDate = raw;
    }
    return date;
  }

  /// The browser's own folders have names that are none of the user's.
  private void nameFolder(Node node) {
    if (node.folder >= 0) {
      Node above = nodes.peekLast();
      boolean browsers = node.root || above == null || above.key.equals("roots");
      names.set(node.folder, browsers ? "" : FileText.cut(FileText.line(node.draft.title), 160));
    }
  }

  private void emit(Node node) {
    if (DESCRIPTION.equals(node.annotation) && !node.hasUrl) {
      Node above = nodes.peekLast();
      if (above != null) {
        above.draft.description = node.value;
      }
      return;
    }
    if (!node.hasUrl) {
      return;
    }
    if (!node.draft.badDate.isEmpty()) {
      entries.invalidDate(node.draft.line, node.draft.badDate);
    }
    node.draft.folders = path.stream().filter(name -> !name.isEmpty()).toList();
    entries.add(node.draft);
  }

  /// Hears nothing: the second pass tells all.
  private static final class Silent implements ImportSink {
    @Override
    public void bookmark(ImportedBookmark bookmark) {}

    @Override
    public void tag(ImportedTag tag) {}

    @Override
    public void collection(ImportedCollection collection) {}

    @Override
    public void search(ImportedSearch search) {}

    @Override
    public void problem(ImportProblem problem) {}
  }
}
