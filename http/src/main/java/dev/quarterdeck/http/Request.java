package dev.quarterdeck.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/// A request as handlers see it. Belongs to the thread that handles it.
public interface Request {
  /// Id of this request, in every log line and in the `X-Request-ID` header of the answer.
  String id();

  Route.Method method();

  /// The path, decoded, without the query.
  String path();

  /// The value of a name in braces of the route's pattern, decoded.
  String pathValue(String name);

  /// The first value of a query parameter.
  Optional<String> query(String name);

  /// All values of a query parameter.
  List<String> queryAll(String name);

  /// A whole number from the query, or the fallback when absent.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 when it is no number or out of range
  int queryInt(String name, int fallback, int min, int max);

  /// The first value of a header, whatever its case.
  Optional<String> header(String name);

  /// The value of a cookie.
  Optional<String> cookie(String name);

  /// The body, read whole, at most the route's limit.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 413 when it is larger
  byte[] body();

  /// The body of a route with [Route#uploadsTo], in a file of its own, at most the route's limit.
  /// It is deleted when the request ends, unless the handler has moved it away.
  Path bodyFile();

  /// The body as a JSON object.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 when it is not a JSON object
  JsonNode json();

  /// The body as a form, `application/x-www-form-urlencoded`.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 when it is not
  Map<String, String> form();

  /// Who calls.
  ///
  /// @throws IllegalStateException on an open route without credentials
  Principal principal();

  /// Who calls, when somebody is known.
  Optional<Principal> caller();

  /// The client's address; behind a trusted proxy the one that the proxy names.
  InetAddress clientAddress();

  /// Whether the client reached us (or the trusted proxy before us) by TLS.
  boolean secure();

  /// Runs something that waits for a run, a job or an upload: the request gives its place back
  /// meanwhile, and its time does not count against `WEB_TIMEOUT`.
  <T> T waiting(Callable<T> work) throws Exception;

  /// Ends the request with 503 when its time is over. Long handlers call it between steps, never
  /// between the parts of a change.
  void checkpoint();
}
