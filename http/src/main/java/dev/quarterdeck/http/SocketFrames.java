package dev.quarterdeck.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads the frames of a WebSocket's client (RFC 6455, section 5) and writes those of the server.
/// Whatever breaks the protocol is a [Violation] with the code to close with.
final class SocketFrames {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int CONTROL_BYTES = 125;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;

  private final Source source;
  private final int messageBytes;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int messageType;

  /// Where the bytes come from; whatever it throws means that the client is gone.
  interface Source {
    byte[] read(int count) throws IOException;
  }

  /// A frame that ends a message, or a control frame.
  record Frame(int type, byte[] bytes) {}

  /// The client broke the protocol.
  static final class Violation extends IOException {
    private static final long serialVersionUID = 1;
    final int code;

    Violation(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  /// @param messageBytes greatest size of a message
  SocketFrames(Source source, int messageBytes) {
    this.source = source;
    this.messageBytes = messageBytes;
  }

  /// The next whole message or control frame.
  Frame next() throws IOException {
    while (true) {
      byte[] head = source.read(2);
      int type = head[0] & 0x0F;
      boolean last = (head[0] & FINAL) != 0;
      if ((head[0] & 0x70) != 0) {
        throw new Violation(1002, "reserved bits are set");
      }
      if ((head[1] & MASKED) == 0) {
        throw new Violation(1002, "a client's frames must be masked");
      }
      long length = length(head[1] & 0x7F);
      if (type >= CLOSE) {
        if (!last || length > CONTROL_BYTES || type > PONG) {
          throw new Violation(1002, "a control frame must be known, whole and short");
        }
        return new Frame(type, body((int) length));
      }
      if (type > BINARY || (type == 0) == (messageType == 0)) {
        throw new Violation(1002, "a frame that does not fit the one before");
      }
      if (length > messageBytes - message.size()) {
        throw new Violation(1009, "messages should have at most " + messageBytes + " bytes");
      }
      messageType = type == 0 ? messageType : type;
      message.write(body((int) length));
      if (last) {
        Frame whole = new Frame(messageType, message.toByteArray());
        message.reset();
        messageType = 0;
        return whole;
      }
    }
  }

  private long length(int first) throws IOException {
    if (first < SHORT_LENGTH) {
      return first;
    }
    if (first < LONG_LENGTH) {
      return ByteBuffer.wrap(source.read(Short.BYTES)).getShort() & 0xFFFFL;
    }
    long length = ByteBuffer.wrap(source.read(Long.BYTES)).getLong();
    if (length < 0) {
      throw new Violation(1002, "a negative length");
    }
    return length;
  }

  private byte[] body(int length) throws IOException {
    byte[] mask = source.read(Integer.BYTES);
    byte[] body = length == 0 ? new byte[0] : source.read(length);
    for (int i = 0; i < length; i++) {
      body[i] ^= mask[i % Integer.BYTES];
    }
    return body;
  }

  /// The text of a message.
  static String text(byte[] bytes) throws Violation {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException wrong) {
      throw new Violation(1007, "text must be UTF-8");
    }
  }

  /// A frame of the server.
  static byte[] frame(int type, byte[] bytes) {
    int extra = bytes.length < SHORT_LENGTH ? 0 : bytes.length <= 0xFFFF ? Short.BYTES : Long.BYTES;
    ByteBuffer frame = ByteBuffer.allocate(2 + extra + bytes.length);
    frame.put((byte) (FINAL | type));
    if (extra == 0) {
      frame.put((byte) bytes.length);
    } else if (extra == Short.BYTES) {
      frame.put((byte) SHORT_LENGTH).putShort((short) bytes.length);
    } else {
      frame.put((byte) LONG_LENGTH).putLong(bytes.length);
    }
    return frame.put(bytes).array();
  }

  /// A frame that says goodbye.
  static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, CONTROL_BYTES - Short.BYTES);
    return frame(
        CLOSE,
        ByteBuffer.allocate(Short.BYTES + length)
            .putShort((short) code)
            .put(text, 0, length)
            .array());
  }
}
