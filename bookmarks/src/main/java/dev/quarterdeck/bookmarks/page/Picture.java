package dev.quarterdeck.bookmarks.page;

import java.util.Optional;

/// A small picture whose kind was read from its bytes, not from what its server called it. No SVG:
/// that is a document with scripts.
///
/// @param mediaType such as `image/png`
public record Picture(String mediaType, byte[] bytes) {
  /// The kind of the bytes; empty when they are no picture that browsers show.
  static Optional<String> kind(byte[] bytes) {
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return Optional.of("image/png");
    }
    if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
      return Optional.of("image/gif");
    }
    if (starts(bytes, 0, 0xff, 0xd8, 0xff)) {
      return Optional.of("image/jpeg");
    }
    if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of("image/webp");
    }
    if (starts(bytes, 0, 0, 0, 1, 0)) {
      return Optional.of("image/x-icon");
    }
    return Optional.empty();
  }

  private static boolean starts(byte[] bytes, int at, int... prefix) {
    if (bytes.length < at + prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[at + i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
