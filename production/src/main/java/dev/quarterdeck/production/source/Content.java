package dev.quarterdeck.production.source;

import java.util.Arrays;

/// Bytes of one file.
///
/// @param bytes owned by the receiver
/// @param truncated whether the file goes on after these bytes
public record Content(byte[] bytes, boolean truncated) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Content that
        && truncated == that.truncated
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Content[%d bytes%s]".formatted(bytes.length, truncated ? ", cut" : "");
  }
}
