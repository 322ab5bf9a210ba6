package dev.quarterdeck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkdingTest {
  private static final String BOOKMARKS = "/linkding/api/bookmarks/";

  @Test
  void letsAClientInWithATokenMadeForIt() throws Exception {
    try (TestServer server = TestServer.start()) {
      TestClient user = server.user();
      String token =
          user.post(
                  "/api/v1/auth/tokens",
                  Map.of("name", "phone", "scopes", List.of("bookmarks:read", "bookmarks:write")))
              .expect(201)
              .json()
              .get("secret")
              .asString();
      TestClient client = server.client();
      HttpRequest.Builder save =
          client
              .request(BOOKMARKS)
              .header("Authorization", "Token " + token)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"url\":\"https://a.example/\",\"shared\":true}"));

      assertThat(token).hasSize(40);
      Answer saved = client.send(save).expect(201);
      String path = BOOKMARKS + saved.json().get("id").asInt() + "/";
      Answer read =
          client.send(client.request(path).header("authorization", "token " + token).GET());
      assertThat(read.expect(200).json()).isEqualTo(saved.json());
      Answer shared = server.admin().get(BOOKMARKS + "shared/?user=user").expect(200);
      assertThat(shared.json().get("count").asInt()).isEqualTo(1);
      assertThat(client.get(BOOKMARKS).expect(401).header("WWW-Authenticate")).isEqualTo("Token");
      assertThat(client.get("/linkding/health").expect(200).json().get("status").asString())
          .isEqualTo("healthy");
    }
  }
}
