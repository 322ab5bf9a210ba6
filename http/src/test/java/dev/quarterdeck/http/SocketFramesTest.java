package dev.quarterdeck.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.http.SocketFrames.Frame;
import dev.quarterdeck.http.SocketFrames.Violation;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SocketFramesTest {
  private static SocketFrames frames(String hex) {
    ByteArrayInputStream bytes =
        new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", "")));
    return new SocketFrames(
        count -> {
          byte[] read = bytes.readNBytes(count);
          if (read.length < count) {
            throw new EOFException();
          }
          return read;
        },
        1000);
  }

  private static int code(String hex) {
    try {
      SocketFrames frames = frames(hex);
      for (int i = 0; i < 3; i++) {
        frames.next();
      }
      return 0;
    } catch (Violation broken) {
      return broken.code;
    } catch (IOException ended) {
      return -1;
    }
  }

  @Test
  void readsTheExamplesOfTheStandard() throws IOException {
    Frame hello = frames("81 85 37fa213d 7f9f4d5158").next();
    assertThat(hello.type()).isEqualTo(SocketFrames.TEXT);
    assertThat(SocketFrames.text(hello.bytes())).isEqualTo("Hello");
    assertThat(SocketStream.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(SocketFrames.frame(SocketFrames.TEXT, "Hello".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(HexFormat.of().parseHex("810548656c6c6f"));
  }

  @Test
  void joinsFragmentsWithControlFramesBetweenThem() throws IOException {
    SocketFrames frames = frames("01 82 00000000 4865 89 80 00000000 80 83 00000000 6c6c6f");
    assertThat(frames.next().type()).isEqualTo(SocketFrames.PING);
    assertThat(SocketFrames.text(frames.next().bytes())).isEqualTo("Hello");
  }

  @Test
  void writesLengthsOfEachSize() {
    assertThat(SocketFrames.frame(1, new byte[125])).hasSize(127).startsWith(0x81, 125);
    assertThat(SocketFrames.frame(1, new byte[126])).hasSize(130).startsWith(0x81, 126, 0, 126);
    assertThat(SocketFrames.frame(1, new byte[65_536]))
        .hasSize(65_546)
        .startsWith(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0);
    assertThat(SocketFrames.close(4001, "x".repeat(200))).hasSize(127);
  }

  @Test
  void refusesWhatBreaksTheProtocol() {
    assertThat(code("81 05 48656c6c6f")).as("unmasked").isEqualTo(1002);
    assertThat(code("c1 80 00000000")).as("reserved bit").isEqualTo(1002);
    assertThat(code("83 80 00000000")).as("unknown type").isEqualTo(1002);
    assertThat(code("09 80 00000000")).as("a ping in parts").isEqualTo(1002);
    assertThat(code("89 fe 0100 00000000")).as("a long ping").isEqualTo(1002);
    assertThat(code("80 80 00000000")).as("goes on with nothing").isEqualTo(1002);
    assertThat(code("01 80 00000000 81 80 00000000")).as("begins twice").isEqualTo(1002);
    assertThat(code("81 fe 03e9 00000000")).as("too large").isEqualTo(1009);
    assertThat(code("81 ff ffffffffffffffff 00000000")).as("negative").isEqualTo(1002);
    assertThat(code("81 ff 7fffffffffffffff 00000000")).as("huge").isEqualTo(1009);
    assertThat(code("81 85 37fa")).as("cut off").isEqualTo(-1);
    assertThatThrownBy(() -> SocketFrames.text(new byte[] {(byte) 0xC3}))
        .isInstanceOf(Violation.class)
        .hasMessage("text must be UTF-8");
  }
}
