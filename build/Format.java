import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks ("check") or rewrites ("apply") the format of every Java source below the working
/// directory. Exit code 1 when a file differs; the message names the files and the remedy.
class Format {
  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments.length > 0 && arguments[0].equals("apply");
    List<Path> changed = new ArrayList<>();
    List<Path> sources = new ArrayList<>();
    collect(Path.of("").toAbsolutePath(), sources);
    Formatter formatter = new Formatter();
    for (Path source : sources) {
      String before = Files.readString(source);
      String after = formatter.formatSourceAndFixImports(before);
      if (!after.equals(before)) {
        changed.add(source);
        if (apply) {
          Files.writeString(source, after);
        }
      }
    }
    if (!apply && !changed.isEmpty()) {
      changed.forEach(path -> System.err.println("not formatted: " + path));
      System.err.println("Run: mvn -q -N validate -Dformat.mode=apply");
      System.exit(1);
    }
    System.err.println(
        "format: "
            + sources.size()
            + " files, "
            + changed.size()
            + (apply ? " changed" : " wrong"));
  }

  private static void collect(Path directory, List<Path> into) throws IOException {
    try (var entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          if (!name.equals("target") && !name.startsWith(".")) {
            collect(entry, into);
          }
        } else if (name.endsWith(".java")) {
          into.add(entry);
        }
      }
    }
  }
}
