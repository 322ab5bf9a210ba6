package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.CollectedFiles;
import dev.quarterdeck.executions.CollectedFiles.Omitted;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hands files of a run back. The host never looks into a directory that a program could write:
/// when every process of the program is dead, the stage lists and packs the files from inside, as
/// the guest and within its limits, into a descriptor that the program never had. What comes out of
/// it is still the guest's word and is read with care.
///
/// The walk begins at the program's own directory and follows no link, opens nothing but regular
/// files, and stays in one file system, so that no name in there can lead it anywhere else.
final class Collection {
  /// Directories and the file itself, as for files that go in.
  private static final int DEPTH = 32;

  private static final int LISTING_BYTES = 1_000_000;
  private static final int BLOCK = 512;

  private static final String AWAIT_THE_END =
      """
      n=0
      while kill -0 -1; do
        n=$((n + 1))
        [ $n -gt 200 ] && exit 0
        /bin/sleep 0.005
      done
      """;

  private final FilesOut wanted;
  private final List<Omitted> omitted = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private Collection(FilesOut wanted) {
    this.wanted = wanted;
  }

  /// What the stage does after it has killed everything else; it writes to descriptor 3.
  static String script(FilesOut wanted, long offset) {
    return AWAIT_THE_END + script(wanted, offset, "/tmp");
  }

  /// The same when everything else is known to be dead.
  ///
  /// @param directory the program's own
  static String script(FilesOut wanted, long offset, String directory) {
    StringBuilder paths = new StringBuilder();
    for (String path : wanted.paths()) {
      String pattern = "./" + path.replaceAll("[\\\\*?\\[]", "\\\\$0");
      paths.append(paths.isEmpty() ? "" : " -o ");
      paths.append("-path ").append(Stage.quote(pattern));
      paths.append(" -o -path ").append(Stage.quote(pattern + "/*"));
    }
    long blocks =
        (offset + wanted.maxBytes() + LISTING_BYTES) / BLOCK + 4L * (wanted.maxFiles() + 20) + 20;
    return """
    cd %s
    find . -xdev -mindepth 1 -maxdepth %d \\( %s \\) -printf '%%y %%s %%d %%p\\0' | head -c %d >&3
    printf '\\0\\0' >&3
    find . -xdev -mindepth 1 -maxdepth %d \\( %s \\) -type f -size -%dc -print0 | sort -z | head -z -n %d | (
      ulimit -f %d
      exec tar --format=gnu --hard-dereference --no-recursion --null -cf - -T - >&3
    )
    """
        .formatted(
            directory,
            DEPTH + 1,
            paths,
            LISTING_BYTES,
            DEPTH,
            paths,
            wanted.maxBytes() + 1,
            wanted.maxFiles(),
            blocks);
  }

  /// Reads what the script wrote.
  static CollectedFiles read(byte[] written, FilesOut wanted) {
    return new Collection(wanted).read(written);
  }

  private CollectedFiles read(byte[] written) {
    Map<String, Long> regular = new HashMap<>();
    int at = 0;
    int end = next(written, at);
    while (end > at) {
      entry(new String(written, at, end - at, StandardCharsets.UTF_8), regular);
      at = end + 1;
      end = next(written, at);
    }
    if (end < 0) {
      return CollectedFiles.noneOf(wanted, "the sandbox ended before the files could be collected");
    }
    int listing = end;
    while (end < written.length && written[end] == 0 && end < listing + 2) {
      end++;
    }
    return archived(TarReader.read(written, end), regular, listing >= LISTING_BYTES);
  }

  private static int next(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /// One line of the listing: type, size, depth, path.
  private void entry(String line, Map<String, Long> regular) {
    String[] parts = line.split(" ", 4);
    if (parts.length < 4 || !parts[1].matches("\\d{1,18}") || !parts[3].startsWith("./")) {
      return;
    }
    String name = parts[3].substring(2);
    seen.add(name);
    long size = Long.parseLong(parts[1]);
    if (parts[2].equals(Integer.toString(DEPTH + 1))) {
      omit(name, "more than " + DEPTH + " directories deep");
    } else if (parts[0].equals("f")) {
      Optional<String> fault = SourceFile.fault(name).filter(any -> !name.equals(".stage"));
      if (fault.isPresent() || name.indexOf('\uFFFD') >= 0) {
        omit(name, "its name is not " + fault.orElse("UTF-8"));
      } else if (size > wanted.maxBytes()) {
        omit(
            name,
            "%d bytes (expected: at most %d for all files)".formatted(size, wanted.maxBytes()));
      } else {
        regular.put(name, size);
      }
    } else if (!parts[0].equals("d")) {
      omit(name, "it is " + kind(parts[0]) + " (expected: a regular file)");
    }
  }

  private static String kind(String type) {
    return switch (type) {
      case "l" -> "a symbolic link";
      case "p" -> "a FIFO";
      case "s" -> "a socket";
      case "b", "c" -> "a device";
      default -> "no regular file";
    };
  }

  private CollectedFiles archived(
      List<SourceFile> archive, Map<String, Long> regular, boolean listingCut) {
    List<SourceFile> files = new ArrayList<>();
    long bytes = 0;
    for (SourceFile file : archive) {
      boolean listed = regular.containsKey(file.name());
      if (listed && files.size() < wanted.maxFiles()) {
        if (bytes + file.content().length <= wanted.maxBytes()) {
          regular.remove(file.name());
          bytes += file.content().length;
          files.add(file);
        }
      }
    }
    boolean many = files.size() == wanted.maxFiles();
    for (Map.Entry<String, Long> left :
        regular.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
      omit(
          left.getKey(),
          many
              ? "too many files (expected: at most %d)".formatted(wanted.maxFiles())
              : bytes + left.getValue() > wanted.maxBytes()
                  ? "all files together have more than %d bytes".formatted(wanted.maxBytes())
                  : "it could not be read");
    }
    for (String path : wanted.paths()) {
      if (!seen.contains(path)) {
        omit(path, listingCut ? "there are too many files to list" : "there is no such file");
      }
    }
    return new CollectedFiles(files, omitted);
  }

  private void omit(String name, String reason) {
    if (omitted.size() < wanted.maxFiles()) {
      omitted.add(new Omitted(name, reason));
    } else if (omitted.size() == wanted.maxFiles()) {
      omitted.add(new Omitted("…", "further files are not listed"));
    }
  }
}
