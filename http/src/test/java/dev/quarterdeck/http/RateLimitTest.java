package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.units.Cidr;
import dev.quarterdeck.settings.units.RateLimit;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Route COUNTED = open(GET, "/api/v1/a", r -> Response.noContent());
  private static final Cidr LOOPBACK = new Cidr(InetAddress.ofLiteral("127.0.0.0"), 8);

  private static TestServer.Builder limited(RateLimit... limits) {
    return TestServer.builder().limits(limits).routes(COUNTED);
  }

  private static long header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValueAsLong(name).orElse(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void allowsAsManyCallsAsTheLimitSays(int permits) throws Exception {
    try (TestServer server = limited(new RateLimit(permits, HOUR)).start()) {
      for (int i = 1; i <= permits; i++) {
        HttpResponse<String> answer = server.get("/api/v1/a");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "X-RateLimit-Limit")).isEqualTo(permits);
        assertThat(header(answer, "X-RateLimit-Remaining")).isEqualTo(permits - i);
      }
      long now = Instant.now().getEpochSecond();
      HttpResponse<String> refused = server.get("/api/v1/a");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "X-RateLimit-Remaining")).isZero();
      assertThat(header(refused, "X-RateLimit-Reset")).isBetween(now, now + 3601);
      long wait = header(refused, "Retry-After");
      assertThat(wait).isBetween(1L, 3600L / permits);
      assertThat(json(refused).get("retry_after").longValue()).isEqualTo(wait);
      assertThat(Instant.parse(json(refused).get("reset_at").stringValue())).isAfter(Instant.now());
      assertThat(json(refused).get("code").stringValue()).isEqualTo("rate_limited");
      assertThat(json(refused).get("type").stringValue()).isEqualTo("ThrottledError");
      assertThat(json(refused).get("detail").stringValue())
          .startsWith("Rate limit exceeded: at most " + permits + " calls");
    }
  }

  @Test
  void holdsSeveralLimitsTogetherAndShowsTheTightest() throws Exception {
    try (TestServer server =
        limited(new RateLimit(10, HOUR), new RateLimit(2, Duration.ofMinutes(1))).start()) {
      HttpResponse<String> first = server.get("/api/v1/a");
      assertThat(header(first, "X-RateLimit-Limit")).isEqualTo(2);
      assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo(1);
      assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(204);
      assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void countsUsersApartFromEachOtherAndFromTheirAddress() throws Exception {
    try (TestServer server = limited(new RateLimit(1, HOUR)).start()) {
      for (String user : List.of("alice", "root")) {
        assertThat(server.get("/api/v1/a", "Authorization", "Bearer " + user).statusCode())
            .isEqualTo(204);
        assertThat(server.get("/api/v1/a", "Authorization", "Bearer " + user).statusCode())
            .isEqualTo(429);
      }
      assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(204);
      assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void countsWrongCredentialsByAddress() throws Exception {
    Route closed = Route.of(GET, "/api/v1/closed", "for a test", r -> Response.noContent());
    try (TestServer server = limited(new RateLimit(2, HOUR)).routes(closed).start()) {
      assertThat(server.get("/api/v1/closed", "Authorization", "Bearer x").statusCode())
          .isEqualTo(401);
      assertThat(server.get("/api/v1/closed", "Authorization", "Bearer y").statusCode())
          .isEqualTo(401);
      assertThat(server.get("/api/v1/closed", "Authorization", "Bearer z").statusCode())
          .isEqualTo(429);
    }
  }

  @Test
  void exemptsWhatIsExemptAndWhatIsNoApi() throws Exception {
    try (TestServer server =
        limited(new RateLimit(1, HOUR))
            .routes(
                open(GET, "/api/v1/exempt", r -> Response.noContent())
                    .rateClass(Route.RateClass.EXEMPT),
                open(GET, "/page", r -> Response.noContent()))
            .start()) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.get("/api/v1/exempt").statusCode()).isEqualTo(204);
        HttpResponse<String> page = server.get("/page");
        assertThat(page.statusCode()).isEqualTo(204);
        assertThat(page.headers().firstValue("X-RateLimit-Limit")).isEmpty();
      }
    }
  }

  @Test
  void isOffWhenItIsSwitchedOff() throws Exception {
    try (TestServer server = limited(new RateLimit(1, HOUR)).limitsOff().start()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = server.get("/api/v1/a");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).isEmpty();
      }
    }
  }

  @Test
  void believesForwardedAddressesFromTrustedProxiesOnly() throws Exception {
    try (TestServer trusting = limited(new RateLimit(1, HOUR)).proxies(LOOPBACK).start();
        TestServer wary = limited(new RateLimit(1, HOUR)).start()) {
      String name = "X-Forwarded-For";
      assertThat(trusting.get("/api/v1/a", name, "192.0.2.1").statusCode()).isEqualTo(204);
      assertThat(trusting.get("/api/v1/a", name, "192.0.2.2").statusCode()).isEqualTo(204);
      assertThat(trusting.get("/api/v1/a", name, "198.51.100.9, 192.0.2.2").statusCode())
          .isEqualTo(429);
      assertThat(trusting.get("/api/v1/a", name, "192.0.2.2, 127.0.0.5").statusCode())
          .isEqualTo(429);
      assertThat(wary.get("/api/v1/a", name, "192.0.2.1").statusCode()).isEqualTo(204);
      assertThat(wary.get("/api/v1/a", name, "192.0.2.2").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void countsAnIpv6NetworkAsOneClient() {
    assertThat(RateLimiter.key(InetAddress.ofLiteral("2001:db8:1:2::1")))
        .isEqualTo(RateLimiter.key(InetAddress.ofLiteral("2001:db8:1:2:ffff::9")))
        .isNotEqualTo(RateLimiter.key(InetAddress.ofLiteral("2001:db8:1:3::1")));
    assertThat(RateLimiter.key(InetAddress.ofLiteral("192.0.2.1")))
        .isNotEqualTo(RateLimiter.key(InetAddress.ofLiteral("192.0.2.2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", " 192.0.2.1 ", "192.0.2.1:4711", "x, 192.0.2.1, 127.0.0.9"})
  void readsTheRightMostUntrustedAddress(String forwarded) {
    ClientAddresses addresses = new ClientAddresses(List.of(LOOPBACK));
    assertThat(addresses.client(InetAddress.ofLiteral("127.0.0.1"), forwarded))
        .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not an address", "localhost", "192.0.2.1, unknown"})
  void staysWithTheProxyWhenItNamesNoAddress(String forwarded) {
    ClientAddresses addresses = new ClientAddresses(List.of(LOOPBACK));
    InetAddress peer = InetAddress.ofLiteral("127.0.0.1");
    assertThat(addresses.client(peer, forwarded)).isEqualTo(peer);
  }
}
