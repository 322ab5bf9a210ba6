package dev.quarterdeck.production.components;

import dev.quarterdeck.production.components.Layout.FolderType;
import dev.quarterdeck.production.components.Layout.Part;
import dev.quarterdeck.production.components.Layout.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The built-in layouts, read from the table beside this class.
final class Layouts {
  private static final String TABLE = "salesforce.types";

  private Layouts() {}

  /// The table as it is, for the registry's hash.
  static byte[] bytes() {
    try (InputStream in = Layouts.class.getResourceAsStream(TABLE)) {
      return Objects.requireNonNull(in, TABLE).readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Every layout in the order of the table.
  static List<Layout> read(byte[] table) {
    Map<String, Draft> drafts = new LinkedHashMap<>();
    new String(table, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" +", -1))
        .forEach(words -> add(drafts, words));
    List<Draft> all = new ArrayList<>(drafts.values());
    return all.stream().map(Draft::layout).toList();
  }

  private static void add(Map<String, Draft> drafts, String[] words) {
    switch (words[0]) {
      case "child" ->
          draft(drafts, words[1])
              .parts
              .add(new Part(words[2], words[3], suffix(words[4]), words.length > 5));
      case "folders" -> draft(drafts, words[1]).folderTypes.add(new FolderType(words[2], words[3]));
      default -> draft(drafts, words[0]).words = words;
    }
  }

  private static Draft draft(Map<String, Draft> drafts, String name) {
    return drafts.computeIfAbsent(name, ignored -> new Draft());
  }

  private static String suffix(String word) {
    return word.equals("-") ? "" : word;
  }

  /// Lines of one type, collected: parts may stand before their owner.
  private static final class Draft {
    private String[] words = {};
    private final List<Part> parts = new ArrayList<>();
    private final List<FolderType> folderTypes = new ArrayList<>();

    Layout layout() {
      return new Layout(
          words[0],
          words[1],
          suffix(words[2]),
          Shape.valueOf(words[3].toUpperCase(Locale.ROOT)),
          words.length > 4,
          List.copyOf(parts),
          List.copyOf(folderTypes));
    }
  }
}
