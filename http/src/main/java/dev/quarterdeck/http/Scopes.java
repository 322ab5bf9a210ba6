package dev.quarterdeck.http;

import java.util.Optional;
import org.slf4j.MDC;

/// What belongs to the current thread: the id of the request, in every log line as `request_id`,
/// and the connection. The only place that binds scoped values.
final class Scopes {
  private static final String LOG_KEY = "request_id";
  private static final ScopedValue<String> REQUEST_ID = ScopedValue.newInstance();
  private static final ScopedValue<Connection> CONNECTION = ScopedValue.newInstance();

  private Scopes() {}

  /// Runs with the id of a request.
  static <T, X extends Throwable> T withRequest(
      String id, ScopedValue.CallableOp<? extends T, X> work) throws X {
    MDC.put(LOG_KEY, id);
    try {
      return ScopedValue.where(REQUEST_ID, id).<T, X>call(work);
    } finally {
      MDC.remove(LOG_KEY);
    }
  }

  static <X extends Throwable> void withConnection(
      Connection connection, ScopedValue.CallableOp<?, X> work) throws X {
    var unused = ScopedValue.where(CONNECTION, connection).call(work);
  }

  static Connection connection() {
    return CONNECTION.get();
  }

  static Optional<String> requestId() {
    return REQUEST_ID.isBound() ? Optional.of(REQUEST_ID.get()) : Optional.empty();
  }
}
