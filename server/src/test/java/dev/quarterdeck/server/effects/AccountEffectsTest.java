package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Logins, tokens and passwords.
class AccountEffectsTest {
  private static final Pattern COST = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$");
  private static final String OLD_KEY = "an old key of more than 32 characters";
  private static final String NEW_KEY = "a new key of more than 32 characters!";
  private static TestServer open;
  private static TestServer strict;

  @BeforeAll
  static void start() throws Exception {
    open = TestServer.start();
    strict =
        TestServer.start(
            "ALGORITHM=HS512",
            "ACCESS_TOKEN_EXPIRE_MINUTES=15",
            "REGISTRATION_ENABLED=false",
            "SECURE_COOKIES=true");
  }

  @AfterAll
  static void stop() throws Exception {
    open.close();
    strict.close();
  }

  @Test
  @Observes("ALGORITHM")
  void signsTokensWithTheAlgorithm() throws IOException, InterruptedException {
    assertThat(part(open.user().token(), 0).get("alg").asString()).isEqualTo("HS256");
    assertThat(part(strict.user().token(), 0).get("alg").asString()).isEqualTo("HS512");
    open.user().get("/api/v1/auth/me").expect(200);
    strict.user().get("/api/v1/auth/me").expect(200);
  }

  @Test
  @Observes("ACCESS_TOKEN_EXPIRE_MINUTES")
  void tokensAndCookiesLiveSoLong() throws IOException, InterruptedException {
    assertThat(life(open.user().token())).isEqualTo(1440 * 60);
    assertThat(life(strict.user().token())).isEqualTo(15 * 60);
    assertThat(cookies(open)).isNotEmpty().allMatch(each -> each.contains("Max-Age=86400;"));
    assertThat(cookies(strict)).isNotEmpty().allMatch(each -> each.contains("Max-Age=900;"));
  }

  @Test
  @Observes("SECURE_COOKIES")
  void cookiesAreSecureWhenAsked() throws IOException, InterruptedException {
    assertThat(cookies(open)).isNotEmpty().noneMatch(each -> each.contains("; Secure"));
    assertThat(cookies(strict)).isNotEmpty().allMatch(each -> each.contains("; Secure"));
  }

  @Test
  @Observes("REGISTRATION_ENABLED")
  void registersStrangersWhenEnabled() throws IOException, InterruptedException {
    Map<String, String> stranger =
        Map.of(
            "username", "stranger",
            "email", "stranger@example.org",
            "password", "a long enough password");
    open.client().post("/api/v1/auth/register", stranger).expect(200);
    strict.client().post("/api/v1/auth/register", stranger).expect(403);
    assertThat(open.client().tryLogin("stranger", "a+long+enough+password").status())
        .isEqualTo(200);
    assertThat(strict.client().tryLogin("stranger", "a+long+enough+password").status())
        .isEqualTo(401);
  }

  @Test
  @Observes({"SECRET_KEY", "SECRET_KEY_PREVIOUS"})
  void acceptsTokensOfTheKeyAndOfThePreviousOne(@TempDir Path directory) throws Exception {
    String token;
    try (TestServer server = TestServer.startIn(directory, Map.of("SECRET_KEY", OLD_KEY))) {
      token = server.user().token();
      assertThat(me(server, token)).isEqualTo(200);
    }
    try (TestServer server = TestServer.startIn(directory, Map.of("SECRET_KEY", NEW_KEY))) {
      assertThat(me(server, token)).isEqualTo(401);
    }
    Map<String, String> rotating = Map.of("SECRET_KEY", NEW_KEY, "SECRET_KEY_PREVIOUS", OLD_KEY);
    try (TestServer server = TestServer.startIn(directory, rotating)) {
      assertThat(me(server, token)).isEqualTo(200);
    }
    Map<String, String> another =
        Map.of("SECRET_KEY", NEW_KEY, "SECRET_KEY_PREVIOUS", NEW_KEY + NEW_KEY);
    try (TestServer server = TestServer.startIn(directory, another)) {
      assertThat(me(server, token)).isEqualTo(401);
    }
  }

  private static int me(TestServer server, String token) throws IOException, InterruptedException {
    return server.client().withToken(token).get("/api/v1/auth/me").status();
  }

  @Test
  @Observes("BCRYPT_ROUNDS")
  void hashesPasswordsWithTheCostAndAgainWhenItRose(@TempDir Path directory) throws Exception {
    try (TestServer server = TestServer.startIn(directory, "BCRYPT_ROUNDS=4")) {
      server.user();
    }
    assertThat(costs(directory)).containsExactly("04");
    try (TestServer server = TestServer.startIn(directory, "BCRYPT_ROUNDS=5")) {
      server.user();
    }
    assertThat(costs(directory)).contains("05");
  }

  /// The costs of all hashes in the files of a stopped server.
  private static Set<String> costs(Path directory) throws IOException {
    Set<String> costs = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        COST.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
            .results()
            .forEach(found -> costs.add(found.group(1)));
      }
    }
    return costs;
  }

  private static List<String> cookies(TestServer server) throws IOException, InterruptedException {
    TestClient.Answer answer = server.client().tryLogin("user", "user123").expect(200);
    return answer.response().headers().allValues("Set-Cookie");
  }

  private static long life(String token) {
    JsonNode claims = part(token, 1);
    return claims.get("exp").asLong() - claims.get("iat").asLong();
  }

  private static JsonNode part(String token, int index) {
    Iterator<String> parts = List.of(token.split("\\.", -1)).listIterator(index);
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts.next()));
  }
}
