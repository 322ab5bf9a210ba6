package dev.quarterdeck.bookmarks.linkding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.app.AppClient;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AssetsTest extends LinkdingTest {
  private static final String HTML = "<html>a snapshot\r\n--with a dash</html>";

  private AppClient.Answer multipart(String path, String... parts) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < parts.length; i += 2) {
      body.append("--XyZ\r\nContent-Disposition: form-data; ")
          .append(parts[i])
          .append("\r\n\r\n")
          .append(parts[i + 1])
          .append("\r\n");
    }
    body.append("--XyZ--\r\n");
    return alice.send(
        alice
            .request(path)
            .header("Content-Type", "multipart/form-data; boundary=XyZ")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  @Test
  void takesASnapshotOfSingleFileAndMakesTheBookmark() {
    AppClient.Answer sent =
        multipart(
            BOOKMARKS + "singlefile/",
            "name=\"file\"; filename=\"page.html\"\r\nContent-Type: text/html",
            HTML,
            "name=\"url\"",
            "https://snap.example/page");
    assertThat(sent.status()).isEqualTo(201);
    assertThat(sent.text()).isEqualTo("{\"message\":\"Snapshot uploaded successfully.\"}");
    JsonNode bookmark =
        alice.get(BOOKMARKS + "check/?url=https://snap.example/page").json().get("bookmark");
    JsonNode assets = alice.get(path(bookmark) + "assets/").expect(200).json();
    assertThat(assets.at("/results/0").toString())
        .isEqualTo(
            "{\"id\":1,\"bookmark\":%s,\"date_created\":\"2026-01-15T12:00:00.000000Z\",\"file_size\":%d,"
                    .formatted(bookmark.get("id"), HTML.length())
                + "\"asset_type\":\"snapshot\",\"content_type\":\"text/html\","
                + "\"display_name\":\"HTML snapshot from 01/15/2026\",\"status\":\"complete\"}");
    AppClient.Answer file = alice.get(path(bookmark) + "assets/1/download/").expect(200);
    assertThat(file.text()).isEqualTo(HTML);
    assertThat(file.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"HTML snapshot from 01_15_2026.html\"");
  }

  @Test
  void refusesASnapshotWithoutItsParts() {
    String path = BOOKMARKS + "singlefile/";
    String missing = "{\"error\":\"Both 'url' and 'file' parameters are required.\"}";
    assertThat(multipart(path, "name=\"url\"", "https://a.example/").expect(400).text())
        .isEqualTo(missing);
    assertThat(multipart(path, "name=\"file\"; filename=\"a\"", "x").expect(400).text())
        .isEqualTo(missing);
    assertThat(multipart(path).expect(400).text()).isEqualTo(missing);
    assertThat(
            multipart(path, "name=\"file\"; filename=\"a\"", "x", "name=\"url\"", "file:///x")
                .expect(400)
                .text())
        .isEqualTo("{\"url\":[\"Enter a valid URL.\"]}");
    assertThat(alice.post(path, "{}").expect(415).text())
        .isEqualTo("{\"detail\":\"Unsupported media type \\\"application/json\\\" in request.\"}");
    AppClient.Answer cut =
        alice.send(
            alice
                .request(path)
                .header("Content-Type", "multipart/form-data; boundary=XyZ")
                .POST(BodyPublishers.ofString("--XyZ\r\nContent-Disposition: form-data")));
    assertThat(cut.expect(400).text())
        .isEqualTo("{\"detail\":\"Multipart form parse error - Invalid boundary in multipart\"}");
  }

  @Test
  void keepsShowsAndDeletesUploads() {
    JsonNode bookmark = make("{\"url\":\"https://a.example/\"}");
    String assets = path(bookmark) + "assets/";
    JsonNode made =
        multipart(
                assets + "upload/",
                "name=\"file\"; filename=\"../evil\\nname.pdf\"\r\nContent-Type: application/pdf",
                "%PDF")
            .expect(201)
            .json();
    assertThat(made.get("asset_type").asString()).isEqualTo("upload");
    assertThat(made.get("content_type").asString()).isEqualTo("application/pdf");
    assertThat(made.get("display_name").asString()).isEqualTo("nname.pdf");
    assertThat(made.get("file_size").asInt()).isEqualTo(4);
    String one = assets + made.get("id") + "/";
    assertThat(alice.get(one).json()).isEqualTo(made);
    assertThat(app.as("bob").get(one + "download/").status()).isEqualTo(404);
    assertThat(alice.get(one + "download/").header("Content-Type")).isEqualTo("application/pdf");
    assertThat(multipart(assets + "upload/", "name=\"other\"", "x").expect(400).text())
        .isEqualTo("{\"error\":\"No file provided.\"}");
    assertThat(alice.delete(one).status()).isEqualTo(204);
    assertThat(alice.get(one).expect(404).text())
        .isEqualTo("{\"detail\":\"No BookmarkAsset matches the given query.\"}");
    assertThat(alice.get(assets).json().get("count").asInt()).isZero();
  }
}
