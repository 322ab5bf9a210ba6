package dev.quarterdeck.server;

import dev.quarterdeck.events.DeadLetters;
import dev.quarterdeck.events.FailedEvent;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events whose handler failed, for administrators: list, retry, discard.
final class DeadLetterRoutes {
  private static final String MESSAGES = "/api/v1/dlq/messages";
  private static final String ONE = MESSAGES + "/{event_id}";
  private static final int LIST_MAX = 1000;

  private final DeadLetters deadLetters;

  DeadLetterRoutes(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  List<Route> routes() {
    return List.of(
        Route.of(Method.GET, MESSAGES, "Events that no retry could save.", this::list)
            .access(Access.ADMIN)
            .schemas("", "DeadLetters"),
        Route.of(Method.POST, ONE + "/retry", "Gives the event to its handler again.", this::retry)
            .access(Access.ADMIN)
            .schemas("", "DeadLetterDone"),
        Route.of(Method.DELETE, ONE, "Forgets the event.", this::discard)
            .access(Access.ADMIN)
            .schemas("", "DeadLetterDone"));
  }

  private Response list(Request request) {
    int limit = request.queryInt("limit", 100, 1, LIST_MAX);
    boolean pending = request.query("state").filter("pending"::equals).isPresent();
    DeadLetters.Listing listing =
        pending
            ? deadLetters.pending(limit, Optional.empty())
            : deadLetters.list(limit, Optional.empty());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("messages", listing.events().stream().map(DeadLetterRoutes::view).toList());
    answer.put("total", deadLetters.depth());
    answer.put("limit", limit);
    answer.put("has_more", listing.next().isPresent());
    return Response.json(answer);
  }

  private static Map<String, Object> view(FailedEvent event) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("event_id", event.id());
    view.put("event_type", event.event().type());
    view.put("group", event.group());
    view.put("retries", event.retries());
    view.put("error", event.error());
    view.put("failed_at", event.failedAt());
    return view;
  }

  private Response retry(Request request) {
    String id = request.pathValue("event_id");
    if (!deadLetters.retry(id)) {
      throw notFound(id);
    }
    return Response.json(Map.of("message", "the event is delivered again", "event_id", id));
  }

  private Response discard(Request request) {
    String id = request.pathValue("event_id");
    if (!deadLetters.discard(id)) {
      throw notFound(id);
    }
    return Response.json(Map.of("message", "the event is discarded", "event_id", id));
  }

  private static RuntimeException notFound(String id) {
    return new Problem.NotFound("dead_letter_not_found", "There is no dead letter " + id + ".")
        .raise();
  }
}
