package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// All routes of executions.
public final class Routes {
  private Routes() {}

  /// The rows for the route table.
  public static List<Route> of(Executions executions, InstantSource clock) {
    return Stream.of(
            new SubmitRoutes(executions).routes(),
            new ExecutionRoutes(executions).routes(),
            new StreamRoutes(executions, clock).routes(),
            new CatalogueRoutes(executions).routes(),
            new SagaRoutes(executions).routes())
        .flatMap(List::stream)
        .toList();
  }
}
