package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// All routes of executions.
public final class Routes {
  private Routes() {}

  /// The rows for the route table.
  public static List<Route> of(Executions executions, InstantSource clock) {
    return Stream.of(
            new SubmitRoutes(executions).routes(),
            new ExecutionRoutes(executions).routes(),
            new InteractionRoutes(executions).routes(),
            new StreamRoutes(executions, clock).routes(),
            new CatalogueRoutes(executions).routes(),
            new SagaRoutes(executions).routes(),
            new QueueRoutes(executions).routes(),
            new PistonRoutes(executions).routes())
        .flatMap(List::stream)
        .toList();
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(Routes.class, "schemas.json");
  }
}
