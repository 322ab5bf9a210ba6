package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.components.ComponentType;
import dev.quarterdeck.runtime.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The component types that are known. They need no repository.
final class TypeRoutes {
  private static final String PATH = "/api/deployment/config/components";
  private final ProductionSlice slice;

  TypeRoutes(ProductionSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        row(PATH, "The component types that are known.", "ComponentTypes", _ -> all()),
        row(PATH + "/{type}", "One component type.", "ComponentTypeAnswer", this::one));
  }

  private static Route row(String path, String summary, String schema, Route.Handler handler) {
    return Route.of(Method.GET, path, summary, handler)
        .access(Access.LOCAL_USER)
        .family(Family.PRODUCTION)
        .schemas("", schema);
  }

  private Response all() {
    Map<String, Object> types = new LinkedHashMap<>();
    slice.registry().types().forEach(type -> types.put(type.name(), shown(type)));
    Map<String, @Nullable Object> answer = Shapes.success();
    answer.put("version", 1);
    answer.put("total", types.size());
    answer.put("types", types);
    return Response.json(answer);
  }

  private Response one(Request request) {
    String name = request.pathValue("type");
    ComponentType type =
        slice
            .registry()
            .type(name)
            .orElseThrow(
                () ->
                    new Problem.NotFound(
                            "component_type_unknown",
                            "%s: no such component type (expected: one of %s, or one that COMPONENT_TYPES_YAML defines)"
                                .formatted(name, PATH))
                        .raise());
    Map<String, @Nullable Object> answer = Shapes.success();
    answer.put("type", type.name());
    answer.put("config", shown(type));
    return Response.json(answer);
  }

  /// With the names of `component_types.yaml`.
  private static Map<String, Object> shown(ComponentType type) {
    boolean bundle = type.kind() == ComponentType.Kind.BUNDLE;
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("domain", type.domain().text());
    shown.put("kind", type.kind().text());
    shown.put(bundle ? "folder_roots" : "folders", type.folders());
    if (bundle) {
      shown.put("primary_glob", type.primary());
    } else {
      shown.put("exts", type.suffixes());
    }
    shown.put("built_in", type.builtIn());
    return shown;
  }
}
