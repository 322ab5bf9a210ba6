package dev.quarterdeck.production.components;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// What is asked of paths.
final class Paths {
  /// Endings of the file of a bundle that one would open first.
  private static final List<String> MAIN =
      List.of(".js", ".ts", ".cmp", ".app", ".evt", ".intf", ".tokens", ".design", ".html");

  private Paths() {}

  /// The segments between the slashes.
  static List<String> divide(String path) {
    List<String> segments = new ArrayList<>(8);
    int start = 0;
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', start)) {
      segments.add(path.substring(start, at));
      start = at + 1;
    }
    segments.add(path.substring(start));
    return segments;
  }

  /// The name with its ASCII punctuation as percent codes, but for blanks and `-_.`.
  static String encoded(String name) {
    StringBuilder result = new StringBuilder();
    for (int at = 0; at < name.length(); at++) {
      char each = name.charAt(at);
      boolean plain = each > '~' || Character.isLetterOrDigit(each) || " -_.".indexOf(each) >= 0;
      if (plain) {
        result.append(each);
      } else {
        result.append("%%%02X".formatted((int) each));
      }
    }
    return result.toString();
  }

  /// The file that stands for the component: the one that its type names, else the one of its own
  /// name, content before metadata, else the first.
  static String primary(ComponentId id, String glob, Collection<String> paths) {
    if (!glob.isEmpty()) {
      Pattern pattern = pattern(glob, id.name());
      for (String path : paths) {
        if (pattern.matcher(path).find()) {
          return path;
        }
      }
    }
    String own = id.name().substring(id.name().lastIndexOf('/') + 1);
    return paths.stream()
        .min(
            Comparator.<String>comparingInt(path -> rank(path, own))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static int rank(String path, String name) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    boolean meta = file.endsWith(SalesforceRules.META);
    if (file.equals(name + "_DataPack.json")) {
      return 0;
    }
    if (!file.startsWith(name + ".")) {
      return meta ? 101 : 100;
    }
    if (meta) {
      return 50;
    }
    int main = MAIN.indexOf(file.substring(name.length()));
    return main < 0 ? 20 : main;
  }

  private static Pattern pattern(String glob, String name) {
    StringBuilder regex = new StringBuilder("(^|/)");
    String rest = glob;
    while (!rest.isEmpty()) {
      if (rest.startsWith("{name}")) {
        regex.append(Pattern.quote(name));
        rest = rest.substring(6);
      } else {
        regex.append(rest.charAt(0) == '*' ? "[^/]*" : Pattern.quote(rest.substring(0, 1)));
        rest = rest.substring(1);
      }
    }
    return Pattern.compile(regex.append('$').toString());
  }
}
