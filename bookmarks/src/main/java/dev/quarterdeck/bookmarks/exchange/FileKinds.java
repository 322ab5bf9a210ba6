package dev.quarterdeck.bookmarks.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/// Tells formats apart by how files begin.
final class FileKinds {
  private static final String EXPECTED =
      " (expected: bookmarks as HTML, a JSON of Chrome, Firefox, linkding or Quarterdeck, a CSV"
          + " with a column url, or a zip of such files)";
  private static final Pattern MARKUP =
      Pattern.compile("<(!doctype\\s+netscape|dl\\b|dt\\b|h3\\b|a\\s)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHROME = Pattern.compile("\"(roots|bookmark_bar)\"\\s*:");
  private static final Pattern FIREFOX =
      Pattern.compile("\"(typeCode|root)\"\\s*:|\"text/x-moz-place");
  private static final Pattern LINKDING =
      Pattern.compile("\"(tag_names|results|website_title|is_archived)\"\\s*:");
  private static final Pattern OWN =
      Pattern.compile("\"format\"\\s*:\\s*\"" + JsonBookmarks.FORMAT + "\"");

  private FileKinds() {}

  static boolean zip(byte[] head) {
    return starts(head, "PK\u0003\u0004") || starts(head, "PK\u0005\u0006");
  }

  /// Refuses forms that we know and do not read, each with the way to one that we do.
  static void refuseKnown(byte[] head) throws UnreadableFile {
    if (head.length == 0) {
      throw new UnreadableFile("file: empty" + EXPECTED);
    }
    if (starts(head, "mozLz40")) {
      throw new UnreadableFile(
          "file: a compressed backup of Firefox (expected: the JSON or HTML that Firefox's library"
              + " window writes by Import and Backup)");
    }
    if (starts(head, "SQLite ")) {
      throw new UnreadableFile(
          "file: a database of a browser (expected: bookmarks exported from the browser as HTML)");
    }
    if (starts(head, "bplist")) {
      throw new UnreadableFile(
          "file: a property list of Safari (expected: the HTML that Safari writes by File,"
              + " Export)");
    }
    if (head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
      throw new UnreadableFile("file: compressed with gzip (expected: unpacked, or a zip)");
    }
  }

  /// The format of a text.
  static ImportFormat detect(String beginning) throws UnreadableFile {
    String text = beginning.strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      return json(text);
    }
    if (CsvRows.header(text.lines().findFirst().orElse(""))) {
      return ImportFormat.CSV;
    }
    if (MARKUP.matcher(text).find()) {
      return ImportFormat.NETSCAPE;
    }
    String shown = Entries.shown(text.length() > 200 ? text.substring(0, 200) : text);
    throw new UnreadableFile("file: begins with %s".formatted(shown) + EXPECTED);
  }

  private static ImportFormat json(String text) throws UnreadableFile {
    if (OWN.matcher(text).find()) {
      return ImportFormat.QUARTERDECK_JSON;
    }
    if (CHROME.matcher(text).find()) {
      return ImportFormat.CHROME_JSON;
    }
    if (LINKDING.matcher(text).find() || text.matches("\\[\\s*]")) {
      return ImportFormat.LINKDING_JSON;
    }
    if (FIREFOX.matcher(text).find()) {
      return ImportFormat.FIREFOX_JSON;
    }
    throw new UnreadableFile("file: JSON of an unknown form" + EXPECTED);
  }

  private static boolean starts(byte[] head, String text) {
    if (head.length < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (head[i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a part of an archive may hold bookmarks, by its name.
  static boolean candidate(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String file = lower.substring(lower.lastIndexOf('/') + 1);
    return !lower.startsWith("__macosx/")
        && !file.startsWith(".")
        && (file.endsWith(".csv")
            || file.endsWith(".html")
            || file.endsWith(".htm")
            || file.endsWith(".json"));
  }
}
