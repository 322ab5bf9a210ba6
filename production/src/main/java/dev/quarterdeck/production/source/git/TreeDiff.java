package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.FileChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/// What differs between trees, from their raw bytes: where both sides are equal they are compared
/// as memory, so that one change in a directory of sixty thousand files costs a tenth of a walk
/// over its entries. Trees are kept for a while, because the old side of one comparison is the new
/// side of the next. Of one thread.
final class TreeDiff {
  private static final long KEPT_BYTES = 64L << 20;
  private static final byte[] NOTHING = {};

  private final ObjectReader reader;
  private final Kept kept = new Kept();

  TreeDiff(ObjectReader reader) {
    this.reader = reader;
  }

  /// Hands out every path that differs, as from old to new; null is the empty tree.
  void differences(@Nullable ObjectId old, ObjectId now, BiConsumer<String, FileChange.Kind> found)
      throws IOException {
    if (!now.equals(old)) {
      compare("", old == null ? NOTHING : bytes(old), bytes(now), found);
    }
  }

  private void compare(
      String prefix, byte[] old, byte[] now, BiConsumer<String, FileChange.Kind> found)
      throws IOException {
    Cursor a = new Cursor(old);
    Cursor b = new Cursor(now);
    while (a.atEntry() || b.atEntry()) {
      if (a.atEntry() && b.atEntry() && skipEqual(a, b)) {
        continue;
      }
      int order = a.compareTo(b);
      if (order < 0) {
        all(prefix, a, FileChange.Kind.REMOVED, found);
        a.next();
      } else if (order > 0) {
        all(prefix, b, FileChange.Kind.ADDED, found);
        b.next();
      } else {
        if (a.directory) {
          compare(b.path(prefix) + "/", bytes(a.id()), bytes(b.id()), found);
        } else {
          found.accept(b.path(prefix), FileChange.Kind.MODIFIED);
        }
        a.next();
        b.next();
      }
    }
  }

  /// Moves both over entries that are equal.
  ///
  /// @return whether any was
  private static boolean skipEqual(Cursor a, Cursor b) {
    int equal = Arrays.mismatch(a.bytes, a.start, a.bytes.length, b.bytes, b.start, b.bytes.length);
    int until = equal < 0 ? a.bytes.length : a.start + equal;
    boolean moved = false;
    while (a.atEntry() && a.end <= until) {
      int length = a.end - a.start;
      a.next();
      b.moveTo(b.start + length);
      moved = true;
    }
    return moved;
  }

  private void all(
      String prefix, Cursor cursor, FileChange.Kind kind, BiConsumer<String, FileChange.Kind> found)
      throws IOException {
    if (!cursor.directory) {
      found.accept(cursor.path(prefix), kind);
      return;
    }
    String below = cursor.path(prefix) + "/";
    for (Cursor each = new Cursor(bytes(cursor.id())); each.atEntry(); each.next()) {
      all(below, each, kind, found);
    }
  }

  private byte[] bytes(ObjectId tree) throws IOException {
    byte[] known = kept.get(tree);
    if (known != null) {
      return known;
    }
    byte[] bytes = reader.open(tree, Constants.OBJ_TREE).getBytes();
    kept.keep(tree, bytes);
    return bytes;
  }

  /// The newest used trees, up to a number of bytes.
  private static final class Kept {
    private final Map<ObjectId, byte[]> trees = new LinkedHashMap<>(64, 0.75f, true);
    private long total;

    byte @Nullable [] get(ObjectId tree) {
      return trees.get(tree);
    }

    void keep(ObjectId tree, byte[] bytes) {
      trees.put(tree, bytes);
      total += bytes.length;
      var oldest = trees.entrySet().iterator();
      while (total > KEPT_BYTES && trees.size() > 2) {
        total -= oldest.next().getValue().length;
        oldest.remove();
      }
    }
  }

  /// One entry of a raw tree: mode in octal, a blank, the name, NUL, twenty bytes of id.
  private static final class Cursor {
    private final byte[] bytes;
    private int start;
    private int nameStart;
    private int nameEnd;
    private int end;
    private boolean directory;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
      parse();
    }

    boolean atEntry() {
      return start < bytes.length;
    }

    void next() {
      moveTo(end);
    }

    void moveTo(int position) {
      start = position;
      parse();
    }

    private void parse() {
      if (!atEntry()) {
        return;
      }
      directory = bytes[start] == '4' || (bytes[start] == '0' && bytes[start + 1] == '4');
      int position = start;
      while (bytes[position] != ' ') {
        position++;
      }
      nameStart = position + 1;
      while (bytes[position] != 0) {
        position++;
      }
      nameEnd = position;
      end = nameEnd + 1 + Constants.OBJECT_ID_LENGTH;
    }

    ObjectId id() {
      return ObjectId.fromRaw(bytes, nameEnd + 1);
    }

    String path(String prefix) {
      return prefix + new String(bytes, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    /// Git's order: a directory's name counts as if it ended with a slash; what is at its end comes
    /// last.
    int compareTo(Cursor other) {
      if (!atEntry() || !other.atEntry()) {
        return atEntry() ? -1 : 1;
      }
      int mismatch =
          Arrays.mismatch(bytes, nameStart, nameEnd, other.bytes, other.nameStart, other.nameEnd);
      return mismatch < 0
          ? Boolean.compare(directory, other.directory)
          : Integer.compare(at(mismatch), other.at(mismatch));
    }

    private int at(int offset) {
      int position = nameStart + offset;
      return position < nameEnd ? bytes[position] & 0xff : directory ? '/' : 0;
    }
  }
}
