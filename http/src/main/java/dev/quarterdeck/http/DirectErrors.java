package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Ids;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/// Answers requests that are so broken that they reach no route: in the shape of `/api/v1`, with
/// the same headers as all answers.
final class DirectErrors implements DirectHandler {

  private final Ids ids;

  private DirectErrors(Ids ids) {
    this.ids = ids;
  }

  static DirectHandlers handlers(Ids ids) {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      builder.addHandler(type, new DirectErrors(ids));
    }
    return builder.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType eventType,
      Status defaultStatus,
      ServerResponseHeaders responseHeaders,
      String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    int status = defaultStatus.code();
    body.put("detail", detail(status));
    body.put("type", status >= 500 ? "InfrastructureError" : "BadRequestError");
    body.put("code", status >= 500 ? "internal_error" : "request_broken");
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(defaultStatus)
            .headers(responseHeaders)
            .header(HeaderNames.CONTENT_TYPE, "application/json")
            .header(HeaderNames.create("X-Request-ID"), Scopes.requestId().orElseGet(ids::next))
            .keepAlive(false)
            .entity(Json.bytes(body));
    if (status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
      Scopes.connection().lingerBeforeClose();
    }
    SecurityHeaders.of(Response.json(body))
        .forEach((name, value) -> response.header(HeaderNames.create(name), value));
    return response.build();
  }

  private static String detail(int status) {
    return switch (status) {
      case 413 -> "The body is too large";
      case 414 -> "The address is too long";
      case 431 -> "The headers are too large";
      case 501 -> "This transfer encoding is not supported (expected: chunked)";
      case 505 -> "This version of HTTP is not supported (expected: HTTP/1.1)";
      default ->
          status >= 500
              ? "Something went wrong on our side"
              : "The request is not valid HTTP: its first line, a header or its framing is broken";
    };
  }
}
