package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The OpenAPI 3.1 document of the API, derived from the route table: what it says of paths,
/// callers, limits and errors is what the server enforces. The schemas come from the slices.
public final class OpenApi {
  private static final String REF = "#/components/schemas/";

  private final String version;
  private final Map<String, JsonNode> schemas;

  /// @param schemas by name, as the routes name them
  public OpenApi(String version, Map<String, JsonNode> schemas) {
    this.version = version;
    this.schemas = new TreeMap<>(schemas);
    HealthRoutes.schemas().forEach(this.schemas::putIfAbsent);
  }

  /// Reads the schemas of a slice: a JSON object, by name.
  ///
  /// @param resource beside the class
  public static Map<String, JsonNode> schemas(Class<?> beside, String resource) {
    try (InputStream stream = beside.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            resource + ": not on the class path beside " + beside.getName());
      }
      Map<String, JsonNode> schemas = new TreeMap<>();
      Json.parse(stream.readAllBytes())
          .properties()
          .forEach(each -> schemas.put(each.getKey(), each.getValue()));
      return schemas;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The route that serves the document; it describes itself, too.
  ///
  /// @throws IllegalArgumentException a route names a schema that nobody supplied; the message
  ///   lists them all
  public Route route(List<Route> others) {
    Route[] self = new Route[1];
    byte[][] document = new byte[1][];
    self[0] =
        Route.of(
                GET,
                "/api/v1/openapi.json",
                "This document.",
                r -> Response.bytes("application/json", document[0]))
            .access(Route.Access.OPEN)
            .admission(Route.Admission.FREE)
            .answers("application/json");
    List<Route> all = new ArrayList<>(others);
    all.add(self[0]);
    document[0] = Json.bytes(document(all));
    return self[0];
  }

  Map<String, Object> document(List<Route> routes) {
    TreeSet<String> missing = new TreeSet<>();
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Route route : routes) {
      if (route.pattern().startsWith("/api")) {
        for (String name : List.of(route.requestSchema(), route.responseSchema())) {
          if (!name.isEmpty() && !schemas.containsKey(name)) {
            missing.add(name);
          }
        }
        paths
            .computeIfAbsent(route.pattern(), path -> new TreeMap<>())
            .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "schemas that routes name and no slice supplies: " + String.join(", ", missing));
    }
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("securitySchemes", securitySchemes());
    Map<String, Object> all = new TreeMap<>(OpenApiErrors.SCHEMAS);
    all.putAll(schemas);
    components.put("schemas", all);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Quarterdeck", "version", version));
    document.put("paths", paths);
    document.put("components", components);
    return document;
  }

  private static Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.summary());
    operation.put("operationId", operationId(route));
    operation.put("x-access", route.access().name().toLowerCase(Locale.ROOT));
    if (route.method() != GET) {
      operation.put("x-body-limit", route.bodyLimit());
    }
    List<Object> parameters = new ArrayList<>();
    for (String segment : RouteTable.segments(route.pattern())) {
      if (segment.startsWith("{")) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", segment.substring(1, segment.length() - 1));
        parameter.put("in", "path");
        parameter.put("required", true);
        parameter.put("schema", Map.of("type", "string"));
        parameters.add(parameter);
      }
    }
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (!route.requestSchema().isEmpty()) {
      operation.put(
          "requestBody", Map.of("required", true, "content", content(route.requestSchema())));
    }
    operation.put("responses", OpenApiErrors.responses(route));
    if (route.access() != Route.Access.OPEN) {
      operation.put("security", List.of(Map.of("bearer", List.of()), Map.of("cookie", List.of())));
    }
    return operation;
  }

  static Map<String, Object> content(String schema) {
    return Map.of("application/json", Map.of("schema", Map.of("$ref", REF + schema)));
  }

  private static String operationId(Route route) {
    String words = route.pattern().replaceAll("[^A-Za-z0-9]+", "_");
    return route.method().name().toLowerCase(Locale.ROOT) + words.replaceAll("_$", "");
  }

  private static Map<String, Object> securitySchemes() {
    return Map.of(
        "bearer", Map.of("type", "http", "scheme", "bearer"),
        "cookie", Map.of("type", "apiKey", "in", "cookie", "name", "access_token"));
  }
}
