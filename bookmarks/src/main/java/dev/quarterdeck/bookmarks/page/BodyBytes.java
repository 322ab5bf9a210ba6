package dev.quarterdeck.bookmarks.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The beginning of a body, up to a bound.
final class BodyBytes {
  private static final String END_OF_HEAD = "</head";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int most;
  private String tail = "";
  private boolean endOfHead;

  BodyBytes(int most) {
    this.most = most;
  }

  void add(byte[] chunk, int length) {
    bytes.write(chunk, 0, Math.min(length, most - bytes.size()));
    String text =
        tail + new String(chunk, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    endOfHead |= text.contains(END_OF_HEAD);
    tail = text.substring(Math.max(0, text.length() - END_OF_HEAD.length()));
  }

  boolean full() {
    return bytes.size() >= most;
  }

  boolean holdsEndOfHead() {
    return endOfHead;
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
