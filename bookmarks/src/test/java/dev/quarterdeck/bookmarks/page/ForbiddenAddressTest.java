package dev.quarterdeck.bookmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A listener on loopback that nothing may reach, in every spelling and by every detour.
class ForbiddenAddressTest {
  private final LocalPages pages = new LocalPages().html("/", "<title>secret</title>");

  @AfterEach
  void close() {
    pages.close();
  }

  private String reason(Map<String, List<String>> names, String address) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(
            () -> {
              try (PageFetcher fetcher = pages.fetcher(names, Duration.ofSeconds(5))) {
                fetcher.page(URI.create(address));
              }
            })
        .as(address)
        .isInstanceOf(FetchException.class)
        .satisfies(failure -> thrown[0] = failure);
    assertThat(pages.requests).as(address).isEmpty();
    return String.valueOf(thrown[0].getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.255.255.254",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST.",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fc00::1]",
        "[ff02::1]",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
        "224.0.0.1",
        "255.255.255.255"
      })
  void isNeverReachedUnderAnySpelling(String host) {
    String address = "http://" + host + ":" + pages.port() + "/";
    try {
      URI.create(address);
    } catch (IllegalArgumentException noUri) {
      // Not even an address: nothing that could be fetched.
      return;
    }
    reason(Map.of(), address);
  }

  @Test
  void isNotReachedByANameThatLeadsThere() {
    String at = ":" + pages.port() + "/";
    assertThat(reason(Map.of("inner.test", List.of("127.0.0.1")), "http://inner.test" + at))
        .isEqualTo(
            "inner.test: is not on the public network but loopback"
                + " (FETCH_ALLOW_HOSTS lists hosts that may be fetched all the same)");
    assertThat(
            reason(
                Map.of("both.test", List.of("93.184.216.34", "10.1.2.3")), "http://both.test" + at))
        .contains("private")
        .doesNotContain("10.1.2.3");
  }

  @Test
  void isNotReachedByARedirectOrByAPicture()
      throws FetchException, IOException, InterruptedException {
    pages.redirect("/out", "http://127.0.0.1:" + pages.port() + "/");
    pages.redirect("/scheme", "file:///etc/passwd");
    try (PageFetcher fetcher = pages.fetcher()) {
      assertThatThrownBy(() -> fetcher.page(pages.at("/out"))).hasMessageContaining("loopback");
      assertThatThrownBy(() -> fetcher.page(pages.at("/scheme")))
          .hasMessage("only http and https are fetched, not file");
      assertThatThrownBy(
              () -> fetcher.picture(URI.create("http://127.0.0.1:" + pages.port() + "/")))
          .hasMessageContaining("loopback");
      assertThatThrownBy(() -> fetcher.picture(pages.at("/out"))).hasMessageContaining("loopback");
    }
    assertThat(pages.requests).hasSize(3).allMatch(request -> !request.startsWith("/ "));
  }

  @Test
  void connectsToTheAddressThatWasCheckedAndLooksUpOnce()
      throws FetchException, IOException, InterruptedException {
    try (PageFetcher fetcher = pages.fetcher()) {
      fetcher.page(pages.at("/"));
    }
    assertThat(pages.lookups).hasValue(1);
  }

  @Test
  void letsThePublicNetworkThrough() throws FetchException, IOException, InterruptedException {
    for (String address :
        List.of("93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "172.32.0.1", "100.128.0.1")) {
      assertThat(PublicAddresses.fault(InetAddress.getByName(address))).as(address).isEmpty();
    }
  }
}
