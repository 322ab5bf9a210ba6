package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServedFilesTest {
  private static final ClassLoader LOADER = ServedFilesTest.class.getClassLoader();
  private static final Map<String, String> APP = Map.of("js/app.js", "assets-test/app.js");

  @Test
  void servesListedFilesWithTagsAndCaching() throws Exception {
    try (TestServer server = TestServer.of(Assets.routes(APP, LOADER).toArray(Route[]::new))) {
      HttpResponse<String> file = server.get("/assets/js/app.js");
      assertThat(file.body()).isEqualTo("console.log(\"hi\")\n");
      assertThat(file.headers().firstValue("Content-Type"))
          .contains("text/javascript; charset=utf-8");
      assertThat(file.headers().firstValue("Cache-Control")).contains("public, no-cache");
      String tag = file.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again =
          server.get("/assets/js/app.js", "If-None-Match", "\"x\", " + tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(tag);
      assertThat(server.get("/assets/js/app.js", "If-None-Match", "\"old\"").statusCode())
          .isEqualTo(200);
      String version = Assets.version("assets-test/app.js", LOADER);
      assertThat(server.get("/assets/js/app.js?v=" + version).headers().firstValue("Cache-Control"))
          .contains("public, max-age=31536000, immutable");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/",
        "/assets/js/other.js",
        "/assets/assets-test/app.js",
        "/assets/js%2Fapp.js",
        "/assets/js/app.js%00",
        "/assets/%2e%2e/secret"
      })
  void servesNothingElse(String path) throws Exception {
    try (TestServer server = TestServer.of(Assets.routes(APP, LOADER).toArray(Route[]::new))) {
      assertThat(server.get(path).statusCode()).isIn(400, 404);
    }
  }

  @Test
  void refusesFilesThatAreMissingOrOfUnknownType() {
    assertThatThrownBy(() -> Assets.routes(Map.of("a.js", "no/such.js"), LOADER))
        .hasMessage("no/such.js: no such resource on the class path (is its webjar a dependency?)");
    assertThatThrownBy(() -> Assets.routes(Map.of("a.exe", "assets-test/app.js"), LOADER))
        .hasMessageStartingWith("a.exe: a file of unknown type (expected: one of ");
  }

  @Test
  void saysThatItLivesAndWhetherItIsReady() throws Exception {
    AtomicBoolean usable = new AtomicBoolean(true);
    HealthRoutes health =
        new HealthRoutes(
            Map.of(
                "store",
                () -> {
                  if (!usable.get()) {
                    throw new IllegalStateException("disk /secret/path is gone");
                  }
                  return "ok";
                }),
            "1.2.3",
            Instant::now);
    try (TestServer server = TestServer.of(health.routes().toArray(Route[]::new))) {
      HttpResponse<String> live = server.get("/api/v1/health/live");
      OpenApiDocument.executions().assertMatches("GET", "/api/v1/health/live", 200, live.body());
      assertThat(server.get("/api/v1/health/ready").statusCode()).isEqualTo(200);
      usable.set(false);
      for (String path : List.of("/api/v1/health/ready", "/api/health")) {
        HttpResponse<String> down = server.get(path);
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(json(down).at("/checks/store/status").stringValue()).isEqualTo("unavailable");
        assertThat(down.body()).doesNotContain("secret");
      }
      assertThat(json(server.get("/api/v1/version")).get("version").stringValue())
          .isEqualTo("1.2.3");
    }
  }

  @Test
  void describesTheRouteTableAsOpenApi() throws Exception {
    JsonNode thing =
        JsonMapper.shared()
            .readTree(
                "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"string\"}}}");
    List<Route> routes =
        new ArrayList<>(new HealthRoutes(Map.of(), "1.2.3", Instant::now).routes());
    routes.add(
        Route.of(
                POST,
                "/api/v1/things/{id}",
                "Makes a thing.",
                r -> Response.json(201, Map.of("id", r.pathValue("id"))))
            .access(Route.Access.OPEN)
            .schemas("Thing", "Thing")
            .successStatus(201));
    routes.add(new OpenApi("1.2.3", Map.of("Thing", thing)).route(routes));
    try (TestServer server = TestServer.of(routes.toArray(Route[]::new))) {
      HttpResponse<String> answer = server.get("/api/v1/openapi.json");
      JsonNode document = json(answer);
      assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
      JsonNode operation = document.get("paths").get("/api/v1/things/{id}").get("post");
      assertThat(operation.get("summary").stringValue()).isEqualTo("Makes a thing.");
      assertThat(operation.at("/parameters/0/name").stringValue()).isEqualTo("id");
      assertThat(operation.get("responses").propertyNames())
          .containsExactlyInAnyOrder("201", "413", "422", "429", "500", "503");
      assertThat(document.get("paths").has("/api/v1/openapi.json")).isTrue();
      OpenApiDocument ours = OpenApiDocument.parse(answer.body());
      HttpResponse<String> made = server.postJson("/api/v1/things/7", "{}");
      ours.assertMatches("POST", "/api/v1/things/7", made.statusCode(), made.body());
      ours.assertMatches(
          "GET", "/api/v1/health/live", 200, server.get("/api/v1/health/live").body());
    }
  }

  @Test
  void refusesRoutesWhoseSchemasNobodySupplies() {
    Route route =
        Route.of(POST, "/api/v1/things", "Makes a thing.", r -> Response.noContent())
            .schemas("Thing", "Other");
    assertThatThrownBy(() -> new OpenApi("1", Map.of()).route(List.of(route)))
        .hasMessage("schemas that routes name and no slice supplies: Other, Thing");
  }
}
