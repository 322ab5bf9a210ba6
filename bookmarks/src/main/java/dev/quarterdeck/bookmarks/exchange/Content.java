package dev.quarterdeck.bookmarks.exchange;

import java.io.IOException;
import java.io.InputStream;

/// Bytes that can be read more than once.
///
/// @param part name inside an archive, empty when there is none
record Content(String part, Opener opener) {

  InputStream open() throws IOException {
    return opener.open();
  }

  /// Its first bytes, at most `count`.
  byte[] head(int count) throws IOException {
    try (InputStream in = open()) {
      return in.readNBytes(count);
    }
  }

  /// Opens the bytes anew.
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}
