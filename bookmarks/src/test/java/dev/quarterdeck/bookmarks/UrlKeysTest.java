package dev.quarterdeck.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlKeysTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.com https://example.com",
        "https://example.com/ https://example.com",
        "HTTPS://EXAMPLE.com/Path https://example.com/Path",
        "https://example.com/a/ https://example.com/a",
        "https://example.com/a/// https://example.com/a",
        "http://example.com/a http://example.com/a",
        "https://example.com:443/a https://example.com:443/a",
        "http://example.com:80 http://example.com:80",
        "http://example.com:080/ http://example.com:80",
        "http://example.com:/ http://example.com",
        "https://User:Pw@Example.com/ https://User:Pw@example.com",
        "https://example.com/?b=2&a=1 https://example.com?a=1&b=2",
        "https://example.com/?a=2&a=1 https://example.com?a=1&a=2",
        "https://example.com/?a https://example.com?a=",
        "https://example.com/?q=a+b https://example.com?q=a%20b",
        "https://example.com/?q=a%20b https://example.com?q=a%20b",
        "https://example.com/?q=%c3%a9 https://example.com?q=%C3%A9",
        "https://example.com/?q=é https://example.com?q=%C3%A9",
        "https://example.com/?q=a/b https://example.com?q=a%2Fb",
        "https://example.com/a? https://example.com/a",
        "https://example.com/a# https://example.com/a",
        "https://example.com/a?# https://example.com/a",
        "https://example.com/#Top https://example.com#Top",
        "https://example.com/a%2fb https://example.com/a%2fb",
        "https://example.com/a;p=1 https://example.com/a;p=1",
        "https://example.com/a/;p=1 https://example.com/a;p=1",
        "https://müller.example/ https://müller.example",
        "http://[::1]:8080/ http://[::1]:8080",
        "https://www.example.com/?utm_source=x https://www.example.com?utm_source=x",
        "https://example.com/a/../b https://example.com/a/../b",
        "javascript:alert(1) javascript:alert(1)",
        "mailto:A@Example.com mailto:A@Example.com",
        "Not-A-Url not-a-url",
      })
  void hasOneKeyPerUrlByLinkdingsRule(String url, String key) {
    assertThat(UrlKeys.same(url)).isEqualTo(key);
    assertThat(UrlKeys.same("  " + url + "\n")).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.com/ http://example.com",
        "https://www.example.com/a https://example.com/a",
        "https://example.com:443/a http://example.com/a",
        "http://example.com:80/a https://example.com/a",
        "https://example.com/a?utm_source=x&utm_Medium=y https://example.com/a",
        "https://example.com/a?fbclid=1&b=2 https://example.com/a?b=2",
        "https://example.com/a?gclid=1&id=7&a=1 https://example.com/a?a=1&id=7",
        "https://example.com/a/./b/../c https://example.com/a/c",
        "https://example.com/../../a https://example.com/a",
        "https://example.com/a%2fb https://example.com/a%2Fb",
        "https://example.com/%7euser https://example.com/~user",
        "https://example.com/caf%c3%a9 https://example.com/café",
        "https://müller.example/ https://xn--mller-kva.example",
        "https://EXAMPLE.com./a/ https://example.com/a",
      })
  void proposesDuplicatesByTheWiderKey(String one, String other) {
    assertThat(UrlKeys.alike(one)).isEqualTo(UrlKeys.alike(other));
    assertThat(UrlKeys.same(one)).isNotEqualTo(UrlKeys.same(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.com/a https://example.com/A",
        "https://example.com/a https://example.com/a/b",
        "https://example.com/a https://example.com:8443/a",
        "https://example.com/a?id=1 https://example.com/a?id=2",
        "https://example.com/a?utmost=1 https://example.com/a",
        "https://example.com/a#x https://example.com/a#y",
        "https://example.com/a https://a@example.com/a",
        "https://www.com/ https://com/",
        "https://one.example.com/ https://example.com/",
        "ftp://example.com/a https://example.com/a",
        "https://example.com/a%2Fb https://example.com/a/b",
      })
  void keepsApartWhatMayDiffer(String one, String other) {
    assertThat(UrlKeys.alike(one)).isNotEqualTo(UrlKeys.alike(other));
    assertThat(UrlKeys.same(one)).isNotEqualTo(UrlKeys.same(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.com true",
        "HTTP://localhost:8080/x?y#z true",
        "https://müller.example/ä true",
        "https://[2001:db8::1]/ true",
        "https://10.0.0.1/ true",
        "example.com false",
        "ftp://example.com/ false",
        "javascript:alert(1) false",
        "https:// false",
        "https:///path false",
        "https://exa<mple.com/ false",
        "https://example.com:99999/ false",
        "https://example.com:x/ false",
        "https://.example.com/ false",
        "https://a..b/ false",
        "https://[::zz]/ false",
        "not-a-url false",
      })
  void takesWebAddressesOnly(String url, boolean good) {
    assertThat(BookmarkRules.isWebUrl(url)).isEqualTo(good);
  }
}
