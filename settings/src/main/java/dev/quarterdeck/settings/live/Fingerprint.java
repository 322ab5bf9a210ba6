package dev.quarterdeck.settings.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/// What tells whether files have changed: where their links lead, their attributes and content.
///
/// @param files one text for each file
record Fingerprint(List<String> files) {
  /// Larger files are no settings; their content is not read.
  private static final long LARGEST = 16L << 20;

  static Fingerprint of(Collection<Path> paths) {
    List<String> files = new ArrayList<>(paths.size());
    for (Path path : paths) {
      files.add(path + " " + one(path));
    }
    return new Fingerprint(List.copyOf(files));
  }

  private static String one(Path path) {
    try {
      Path real = path.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      String stable = real + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
      if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
        return stable + " " + attributes.size();
      }
      CRC32C sum = new CRC32C();
      sum.update(Files.readAllBytes(real));
      return stable + " " + attributes.size() + " " + sum.getValue();
    } catch (IOException | SecurityException e) {
      return "unreadable";
    }
  }
}
