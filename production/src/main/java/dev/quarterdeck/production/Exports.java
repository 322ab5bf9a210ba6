package dev.quarterdeck.production;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes answers as files that other tools read.
public final class Exports {
  /// Version of the metadata API in packages when nobody names one.
  public static final String API_VERSION = "62.0";

  private static final List<String> COLUMNS =
      List.of(
          "type",
          "name",
          "in_production",
          "path",
          "files",
          "last_commit",
          "last_author",
          "last_date",
          "stories");

  private Exports() {}

  /// The matrix as comma-separated values with a header line, by RFC 4180. A cell that a
  /// spreadsheet would run as a formula begins with an apostrophe.
  public static String csv(Matrix matrix) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      List<String> header = new ArrayList<>(COLUMNS);
      matrix.environments().forEach(name -> header.add(safe(name)));
      csv.writeRecord(header);
      matrix.rows().forEach(row -> csv.writeRecord(fields(row)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static List<String> fields(Matrix.Row row) {
    List<String> fields = new ArrayList<>();
    fields.add(row.component().type());
    fields.add(safe(row.component().name()));
    fields.add(Boolean.toString(row.inProduction()));
    fields.add(safe(row.path()));
    fields.add(Integer.toString(row.files()));
    String absent = row.pending() ? "pending" : "";
    fields.add(row.last().map(LastCommit::hash).orElse(absent));
    fields.add(row.last().map(last -> safe(last.author())).orElse(absent));
    fields.add(row.last().map(last -> last.date().toString()).orElse(absent));
    fields.add(String.join(" ", row.stories()));
    row.cells().forEach(cell -> fields.add(cell.state().name()));
    return fields;
  }

  private static String safe(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }

  /// The components to deploy as a `package.xml`.
  public static String packageXml(Delta delta, ComponentRegistry registry, String apiVersion) {
    return xml(delta.present(), registry, apiVersion, delta.undeployable());
  }

  /// The components to delete as a `destructiveChanges.xml`.
  public static String destructiveChanges(
      Delta delta, ComponentRegistry registry, String apiVersion) {
    return xml(delta.removed(), registry, apiVersion, List.of());
  }

  private static String xml(
      List<ComponentId> components,
      ComponentRegistry registry,
      String apiVersion,
      List<ComponentId> leftOut) {
    Map<String, TreeSet<String>> byType = new TreeMap<>();
    for (ComponentId id : components) {
      byType
          .computeIfAbsent(registry.packageType(id.type()), ignored -> new TreeSet<>())
          .add(id.name());
    }
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n");
    if (!leftOut.isEmpty()) {
      xml.append(
          "    <!-- %d components that a package cannot hold are left out -->\n"
              .formatted(leftOut.size()));
    }
    byType.forEach(
        (type, names) -> {
          xml.append("    <types>\n");
          names.forEach(
              name -> xml.append("        <members>").append(escaped(name)).append("</members>\n"));
          xml.append("        <name>").append(escaped(type)).append("</name>\n    </types>\n");
        });
    xml.append("    <version>").append(escaped(apiVersion)).append("</version>\n</Package>\n");
    return xml.toString();
  }

  /// Text of an element: markup escaped, and what XML 1.0 cannot hold replaced.
  private static String escaped(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '&' -> result.append("&amp;");
                default -> result.appendCodePoint(allowed(point) ? point : 0xfffd);
              }
            });
    return result.toString();
  }

  private static boolean allowed(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point <= 0xd7ff)
        || (point >= 0xe000 && point <= 0xfffd)
        || point >= 0x10000;
  }
}
