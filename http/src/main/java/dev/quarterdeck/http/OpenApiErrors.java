package dev.quarterdeck.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The part of the OpenAPI document about errors: which statuses the server itself gives for a
/// route, and the shapes of each family.
final class OpenApiErrors {
  private static final Map<String, Object> TEXT = Map.of("type", "string");

  /// The schemas of errors, by name.
  static final Map<String, Object> SCHEMAS =
      Map.of(
          "ErrorResponse",
          object(Map.of("detail", TEXT, "type", TEXT, "code", TEXT), "detail", "type"),
          "HTTPValidationError",
          object(
              Map.of(
                  "detail",
                  Map.of(
                      "type",
                      "array",
                      "items",
                      Map.of("$ref", "#/components/schemas/ValidationError")))),
          "ValidationError",
          object(
              Map.of(
                  "loc",
                  Map.of(
                      "type",
                      "array",
                      "items",
                      Map.of("anyOf", List.of(TEXT, Map.of("type", "integer")))),
                  "msg",
                  TEXT,
                  "type",
                  TEXT),
              "loc",
              "msg",
              "type"),
          "BookmarksError",
          object(Map.of("error", TEXT), "error"),
          "ProductionError",
          object(Map.of("success", Map.of("const", false), "error", TEXT), "success", "error"),
          "PistonError",
          object(Map.of("message", TEXT), "message"),
          "LinkdingError",
          Map.of(
              "type",
              "object",
              "description",
              "`detail`, or for each field at fault a list of messages."));

  private OpenApiErrors() {}

  private static Map<String, Object> object(Map<String, Object> properties, String... required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", new TreeMap<>(properties));
    schema.put("required", List.of(required));
    return schema;
  }

  /// The answers of a route: the good one and those that the server gives on its own.
  static Map<String, Object> responses(Route route) {
    Map<String, Object> responses = new TreeMap<>();
    Map<String, Object> good = new LinkedHashMap<>();
    good.put("description", "Done.");
    if (!route.responseSchema().isEmpty()) {
      good.put("content", OpenApi.content(route.responseSchema()));
    } else if (!route.mediaType().isEmpty()) {
      good.put("content", Map.of(route.mediaType(), Map.of()));
    }
    responses.put(Integer.toString(route.successStatus()), good);
    if (route.access() != Route.Access.OPEN) {
      error(responses, route, 401, "Nobody is logged in, or the credentials are wrong.");
      error(responses, route, 403, "The caller may not do this.");
    }
    if (route.method() != Route.Method.GET) {
      error(responses, route, 413, "The body is larger than " + route.bodyLimit() + " bytes.");
    }
    if (!route.requestSchema().isEmpty()) {
      error(responses, route, 422, "Parts of the request break the rules.");
    }
    if (route.rateClass() == Route.RateClass.COUNTED) {
      error(responses, route, 429, "Too many requests.");
    }
    error(responses, route, 500, "Something went wrong on our side.");
    if (route.responseSchema().equals(HealthRoutes.READINESS)) {
      responses.put(
          "503",
          Map.of(
              "description",
              "A part is not usable.",
              "content",
              OpenApi.content(HealthRoutes.READINESS)));
    } else {
      error(responses, route, 503, "The service cannot answer now, and may later.");
    }
    return responses;
  }

  private static void error(
      Map<String, Object> responses, Route route, int status, String description) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", description);
    switch (route.family()) {
      case V1 ->
          response.put(
              "content", OpenApi.content(status == 422 ? "HTTPValidationError" : "ErrorResponse"));
      case BOOKMARKS -> response.put("content", OpenApi.content("BookmarksError"));
      case PRODUCTION -> response.put("content", OpenApi.content("ProductionError"));
      case PISTON -> response.put("content", OpenApi.content("PistonError"));
      case LINKDING -> response.put("content", OpenApi.content("LinkdingError"));
      case PAGE -> response.put("content", Map.of("text/html", Map.of()));
    }
    responses.put(Integer.toString(status), response);
  }
}
