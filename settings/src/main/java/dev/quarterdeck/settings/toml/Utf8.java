package dev.quarterdeck.settings.toml;

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
public final class Utf8 {
  private Utf8() {}

  /// Length of the sequence at a byte that is not ASCII: 2 to 4 when it is well formed, else minus
  /// the number of bytes, 1 to 3, that one replacement character stands for.
  public static int sequence(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int greatest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (int i = 1; i < length; i++) {
      int next = at + i < end ? bytes[at + i] & 0xFF : 0;
      if (next < least || next > greatest) {
        return -i;
      }
      least = 0x80;
      greatest = 0xBF;
    }
    return length;
  }

  /// The code point of the well-formed sequence at a place.
  public static int codePoint(byte[] bytes, int at, int length) {
    int lead = bytes[at] & 0xFF;
    int point = length == 1 ? lead : lead & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = (point << 6) | (bytes[at + i] & 0x3F);
    }
    return point;
  }
}
