package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was imported into a directory so far: a line for each file, so that an import can go on in
/// another process.
final class ImportedFiles {
  private final Path directory;
  private final Path table;
  private final List<Row> rows = new ArrayList<>();

  ImportedFiles(Path directory) throws IOException {
    this.directory = directory;
    this.table = directory.resolve("imported.tsv");
    if (Files.exists(table)) {
      for (String line : Files.readAllLines(table)) {
        String[] cells = line.split("\t", -1);
        rows.add(
            new Row(
                Integer.parseInt(cells[0]),
                Double.parseDouble(cells[1]),
                Double.parseDouble(cells[2])));
      }
    }
  }

  Path directory() {
    return directory;
  }

  int bookmarks() {
    return rows.stream().mapToInt(Row::bookmarks).sum();
  }

  void add(int bookmarks, double stored, double indexed) throws IOException {
    rows.add(new Row(bookmarks, stored, indexed));
    Files.writeString(
        table,
        String.format(Locale.ROOT, "%d\t%.2f\t%.2f%n", bookmarks, stored, indexed),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Says how fast it went.
  void print(int count) {
    double stored = rows.stream().mapToDouble(Row::stored).sum();
    double indexed = rows.stream().mapToDouble(Row::indexed).sum();
    System.out.printf(
        Locale.ROOT,
        "import: %.0f per second stored, %.0f per second until they were in the index, too; the"
            + " slowest file %.0f stored%n",
        count / stored,
        count / indexed,
        rows.stream().mapToDouble(row -> row.bookmarks() / row.stored()).min().orElse(0));
  }

  /// A file.
  ///
  /// @param stored seconds from the upload to the end of the job
  /// @param indexed seconds from the upload until the index had all of it
  private record Row(int bookmarks, double stored, double indexed) {}
}
