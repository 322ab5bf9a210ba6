package dev.quarterdeck.production;

import dev.quarterdeck.production.ComponentDiff.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// The difference of two texts by lines.
///
/// @param added lines that only the new text has
/// @param removed lines that only the old text has
record LineDiff(int added, int removed, String unified, List<Line> lines) {
  /// Equal lines around a change.
  private static final int CONTEXT = 3;

  /// Compares two files.
  ///
  /// @param oldName what stands after `---`
  /// @param newName what stands after `+++`
  static LineDiff of(String oldName, String newName, byte[] oldBytes, byte[] newBytes) {
    RawText before = new RawText(oldBytes);
    RawText after = new RawText(newBytes);
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after);
    int added = 0;
    int removed = 0;
    for (Edit edit : edits) {
      added += edit.getLengthB();
      removed += edit.getLengthA();
    }
    String unified =
        edits.isEmpty()
            ? ""
            : "--- %s\n+++ %s\n%s".formatted(oldName, newName, hunks(edits, before, after));
    return new LineDiff(added, removed, unified, sideBySide(edits, before, after));
  }

  static boolean binary(byte[] bytes) {
    return RawText.isBinary(bytes);
  }

  private static String hunks(EditList edits, RawText before, RawText after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.setContext(CONTEXT);
      formatter.format(edits, before, after);
      formatter.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Line> sideBySide(EditList edits, RawText before, RawText after) {
    List<Line> lines = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < edits.size(); i++) {
      Edit edit = edits.get(i);
      int from = Math.max(at, edit.getBeginA() - CONTEXT);
      if (from > at) {
        lines.add(
            new Line(
                Line.Kind.GAP, from + 1, from + 1 + edit.getBeginB() - edit.getBeginA(), "", ""));
      }
      equal(lines, from, edit.getBeginA(), edit.getBeginB() - edit.getBeginA(), before);
      change(lines, edit, before, after);
      int end = i + 1 < edits.size() ? edits.get(i + 1).getBeginA() : before.size();
      int until = Math.min(end, edit.getEndA() + CONTEXT);
      equal(lines, edit.getEndA(), until, edit.getEndB() - edit.getEndA(), before);
      at = until;
    }
    return List.copyOf(lines);
  }

  private static void equal(List<Line> lines, int from, int until, int shift, RawText text) {
    for (int line = from; line < until; line++) {
      String content = text.getString(line);
      lines.add(new Line(Line.Kind.EQUAL, line + 1, line + 1 + shift, content, content));
    }
  }

  private static void change(List<Line> lines, Edit edit, RawText before, RawText after) {
    int both = Math.min(edit.getLengthA(), edit.getLengthB());
    for (int i = 0; i < both; i++) {
      int old = edit.getBeginA() + i;
      int now = edit.getBeginB() + i;
      lines.add(
          new Line(
              Line.Kind.CHANGED, old + 1, now + 1, before.getString(old), after.getString(now)));
    }
    for (int old = edit.getBeginA() + both; old < edit.getEndA(); old++) {
      lines.add(new Line(Line.Kind.REMOVED, old + 1, 0, before.getString(old), ""));
    }
    for (int now = edit.getBeginB() + both; now < edit.getEndB(); now++) {
      lines.add(new Line(Line.Kind.ADDED, 0, now + 1, "", after.getString(now)));
    }
  }
}
