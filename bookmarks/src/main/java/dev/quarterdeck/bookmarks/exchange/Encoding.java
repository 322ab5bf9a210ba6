package dev.quarterdeck.bookmarks.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the bytes of a text file are characters: by its byte order mark, by its zero bytes (UTF-16),
/// as UTF-8 when all of it is valid, else as it declares itself, else as Windows-1252.
///
/// @param bom bytes to skip at the start
/// @param guessed whether it is none of the Unicode forms, so that letters may come out wrong
record Encoding(Charset charset, int bom, boolean guessed) {
  private static final int HEAD = 4096;
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Pattern DECLARED =
      Pattern.compile(
          "charset\\s*=\\s*[\"']?\\s*([A-Za-z0-9_:.-]{1,40})", Pattern.CASE_INSENSITIVE);

  /// Looks at the whole content.
  static Encoding of(Content content) throws IOException {
    byte[] head = content.head(HEAD);
    if (starts(head, 0xef, 0xbb, 0xbf)) {
      return new Encoding(StandardCharsets.UTF_8, 3, false);
    }
    if (starts(head, 0xff, 0xfe)) {
      return new Encoding(StandardCharsets.UTF_16LE, 2, false);
    }
    if (starts(head, 0xfe, 0xff)) {
      return new Encoding(StandardCharsets.UTF_16BE, 2, false);
    }
    if (head.length > 3 && head[0] == 0 && head[1] != 0 && head[2] == 0) {
      return new Encoding(StandardCharsets.UTF_16BE, 0, false);
    }
    if (head.length > 3 && head[0] != 0 && head[1] == 0 && head[3] == 0) {
      return new Encoding(StandardCharsets.UTF_16LE, 0, false);
    }
    if (validUtf8(content)) {
      return new Encoding(StandardCharsets.UTF_8, 0, false);
    }
    return new Encoding(declared(new String(head, StandardCharsets.ISO_8859_1)), 0, true);
  }

  /// The characters; bytes that are none become U+FFFD. The caller closes it.
  Reader reader(Content content) throws IOException {
    InputStream in = content.open();
    in.skipNBytes(bom);
    return new BufferedReader(new InputStreamReader(in, charset), 1 << 16);
  }

  private static Charset declared(String head) {
    Matcher matcher = DECLARED.matcher(head);
    if (matcher.find()) {
      try {
        Charset named = Charset.forName(matcher.group(1));
        if (!named.equals(StandardCharsets.UTF_8) && !named.equals(StandardCharsets.US_ASCII)) {
          return named.equals(StandardCharsets.ISO_8859_1) ? WINDOWS : named;
        }
      } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
        return WINDOWS;
      }
    }
    return WINDOWS;
  }

  private static boolean validUtf8(Content content) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer characters = CharBuffer.allocate(1 << 16);
    try (InputStream in = content.open()) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        CoderResult result = decoder.decode(bytes, characters.clear(), end);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
    }
    return true;
  }

  private static boolean starts(byte[] head, int... expected) {
    if (head.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((head[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
