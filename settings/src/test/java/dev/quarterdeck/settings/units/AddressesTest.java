package dev.quarterdeck.settings.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "kafka:29092, kafka, 29092", "127.0.0.1:5000, 127.0.0.1, 5000", "'[::1]:6379', ::1, 6379",
    "a-b.example.com:1, a-b.example.com, 1", "my_host:65535, my_host, 65535",
        "'[fd00::1]:80', fd00::1, 80",
    "host.:80, host., 80", "1host:80, 1host, 80"
  })
  void readsHostAndPort(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "kafka",
        "kafka:",
        ":80",
        "kafka:0",
        "kafka:65536",
        "kafka:-1",
        "kafka:+1",
        "kafka:80a",
        "kafka:99999999999",
        "ka fka:80",
        "-a:80",
        "a-:80",
        "a..b:80",
        ".a:80",
        "[::1]",
        "[::1:80",
        "[kafka]:80",
        "[127.0.0.1]:80",
        "[]:80",
        "[::g]:80",
        "1.2.3.999:80",
        "1.2.3:80",
        "kafka:80/x",
        "käfka:80",
        "[fe80::1%eth0]:80",
        "[",
        "[]",
        "]:80"
      })
  void refusesOtherHostsAndPorts(String text) {
    QuantitiesTest.refused(() -> HostPort.parse(text), text);
  }

  @Test
  void refusesLabelsThatNoNameServerTakes() {
    String longest = "a".repeat(63);
    assertThat(HostPort.parse(longest + ":1").host()).isEqualTo(longest);
    QuantitiesTest.refused(() -> HostPort.parse(longest + "a:1"), longest);
    QuantitiesTest.refused(() -> HostPort.parse("a.".repeat(130) + "a:1"), longest);
  }

  @Test
  void saysWhatAHostAndPortLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse("http://kafka:80"))
        .withMessage("expected host:port without a scheme, such as kafka:29092");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse("::1:80"))
        .withMessage("expected an IPv6 address in brackets, such as [::1]:6379");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse("kafka:http"))
        .withMessage("expected a port from 1 to 65535 after the colon");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "0.0.0.0/0, 0.0.0.0/0",
    "192.168.1.1, 192.168.1.1/32",
    "192.168.1.0/24, 192.168.1.0/24",
    "fd00::/8, fd00:0:0:0:0:0:0:0/8",
    "::1, 0:0:0:0:0:0:0:1/128",
    "::/0, 0:0:0:0:0:0:0:0/0",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "::ffff:1.2.3.4, 1.2.3.4/32",
    "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32"
  })
  void readsBlocks(String text, String expected) {
    Cidr block = Cidr.parse(text);
    assertThat(block).hasToString(expected);
    assertThat(Cidr.parse(expected)).isEqualTo(block);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08x",
        "10.0.0/8",
        "10.0.0.0.0/8",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.1.",
        "localhost",
        "example.com/8",
        "a.b.c.d",
        "fd00::/129",
        "fd00:::/8",
        "fe80::1%1",
        "::ffff:10.0.0.0/8",
        "10.0.0.0/8/8",
        "1",
        "0x7f.0.0.1",
        "::1/"
      })
  void refusesOtherBlocksAndLooksNothingUp(String text) {
    QuantitiesTest.refused(() -> Cidr.parse(text), "never equal to a message");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "192.168.1.1/24, 192.168.1.0/24",
    "fd00::1/64, fd00:0:0:0:0:0:0:0/64",
    "1.2.3.4/0, 0.0.0.0/0"
  })
  void correctsAnAddressThatIsNotTheFirstOfItsBlock(String text, String block) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessage(
            "expected %s, the block with this address, or the single address without a slash",
            block);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "192.168.1.128/25, 192.168.1.127, false",
    "192.168.1.128/25, 192.168.1.129, true",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false"
  })
  void tellsWhichAddressesABlockHolds(String block, String address, boolean held) {
    assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(held);
  }

  @Test
  void takesAnIpv4MappedAddressForIpv4() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
    InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
    assertThat(Cidr.parse("10.0.0.0/8").contains(address)).isTrue();
  }
}
