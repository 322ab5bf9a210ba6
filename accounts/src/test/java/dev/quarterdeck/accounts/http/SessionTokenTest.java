package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.quarterdeck.accounts.AccountSettings.Algorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTokenTest {
  private static final String KEY = "a-key-for-tests-of-32-characters";

  @TempDir Path dataDir;
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.in(dataDir);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void restart(TestApp.Options options) {
    app.close();
    app = options.in(dataDir);
  }

  private String token() {
    return app.client().login("user", "user123").text("access_token");
  }

  private Reply me(String token) {
    return app.client().bearer(token).get("/auth/me");
  }

  private void assertRefused(String token) {
    Reply reply = me(token);
    assertThat(reply.status()).as(token).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("token_invalid");
    assertThat(reply.text("detail"))
        .isEqualTo("The token is not one that this server issued; log in again");
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void signsWithTheAlgorithmOfTheSettings(Algorithm algorithm) throws Exception {
    restart(TestApp.options().algorithm(algorithm));

    SignedJWT jwt = SignedJWT.parse(token());

    assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.name());
    assertThat(jwt.getJWTClaimsSet().getClaims().keySet())
        .containsExactlyInAnyOrder("sub", "jti", "iat", "exp", "epoch");
    assertThat(me(jwt.serialize()).status()).isEqualTo(200);
  }

  @Test
  void refusesATokenOfAnotherAlgorithmThanTheSettings() {
    restart(TestApp.options().algorithm(Algorithm.HS512));
    String strong = token();
    restart(TestApp.options().algorithm(Algorithm.HS256));

    assertRefused(strong);
  }

  @Test
  void refusesATokenWithoutSignature() throws Exception {
    JWTClaimsSet claims = SignedJWT.parse(token()).getJWTClaimsSet();

    assertRefused(new PlainJWT(claims).serialize());
    assertRefused(new PlainJWT(claims).serialize() + "AAAA");
  }

  @Test
  void refusesATokenWhosePartsWereChanged() {
    String[] parts = token().split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String later = claims.replaceAll("\"exp\":\\d+", "\"exp\":99999999999");
    String changed =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(later.getBytes(StandardCharsets.UTF_8));
    char first = parts[2].charAt(0);

    assertThat(later).isNotEqualTo(claims);
    assertRefused(parts[0] + "." + changed + "." + parts[2]);
    assertRefused(
        parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1));
    assertRefused(parts[0] + "." + parts[1] + ".");
  }

  @Test
  void refusesATokenSignedWithTheSecretItselfInsteadOfTheDerivedKey() throws Exception {
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256), SignedJWT.parse(token()).getJWTClaimsSet());
    forged.sign(new MACSigner(KEY));

    assertRefused(forged.serialize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "..", "qd", "eyJhbGciOiJIUzI1NiJ9.e30.x"})
  void refusesWhatIsNoToken(String token) {
    assertRefused(token);
  }

  @Test
  void refusesAHugeToken() {
    assertRefused("x".repeat(5_000));
  }

  @Test
  void refusesAnotherScheme() {
    Client client = app.client();
    client.headers.put("Authorization", "Basic dXNlcjp1c2VyMTIz");

    Reply reply = client.get("/auth/me");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text("detail"))
        .isEqualTo("Authorization: unsupported scheme (expected: Bearer followed by a token)");
  }

  @Test
  void acceptsTheKeyBeforeThePresentOneWhileItIsNamed() {
    Client browser = app.login("user", "user123");
    String other = "another-key-for-tests-of-40-characters-!";

    restart(TestApp.options().key(other).previousKey(KEY));
    Client again = app.client();
    again.cookies.putAll(browser.cookies);
    assertThat(again.get("/auth/me").status()).isEqualTo(200);
    assertThat(again.post("/auth/logout", "").status()).isEqualTo(200);
    String fresh = token();

    restart(TestApp.options().key(other));
    assertThat(me(fresh).status()).isEqualTo(200);
    assertRefused(browser.cookie("access_token"));
  }

  @Test
  void marksCookiesSecureWhenTheSettingSaysSo() {
    restart(TestApp.options().secureCookies());

    assertThat(app.client().login("user", "user123").setCookies())
        .hasSize(2)
        .allMatch(cookie -> cookie.contains("; Secure"));
  }

  @Test
  void livesAsLongAsTheSettingSays() {
    restart(TestApp.options().life(Duration.ofMinutes(1)));
    Client client = app.login("user", "user123");
    assertThat(app.client().login("user", "user123").setCookies())
        .allMatch(cookie -> cookie.contains("; Max-Age=60;"));

    app.clock.advance(Duration.ofSeconds(59));
    assertThat(client.get("/auth/me").status()).isEqualTo(200);
    app.clock.advance(Duration.ofSeconds(1));
    assertThat(client.get("/auth/me").code()).isEqualTo("token_expired");
  }
}
