package dev.quarterdeck.executions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bytes that are text, or nearly.
public final class Utf8 {
  private Utf8() {}

  /// The text, when the bytes are UTF-8 without a fault.
  public static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /// Length of the part that does not end within a character. Bytes that can not become a character
  /// whatever follows count as complete.
  static int completeLength(byte[] bytes, int length) {
    for (int back = 1; back <= Math.min(3, length); back++) {
      int value = bytes[length - back] & 0xFF;
      if (value < 0x80) {
        return length;
      }
      if (value >= 0xC0) {
        return needed(value) > back ? length - back : length;
      }
    }
    return length;
  }

  private static int needed(int lead) {
    if (lead >= 0xF8 || lead < 0xC2) {
      return 1;
    }
    if (lead >= 0xF0) {
      return 4;
    }
    return lead >= 0xE0 ? 3 : 2;
  }
}
