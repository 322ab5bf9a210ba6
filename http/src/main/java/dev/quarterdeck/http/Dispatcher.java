package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes every request from Helidon: finds its route, works on it in a virtual thread of its own,
/// and answers from the connection's thread, in time whatever the work does.
final class Dispatcher implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final RouteTable table;
  private final Duration timeout;
  private final Admission admission;
  private final Gate gate;
  private final Cors cors;
  private final ClientAddresses addresses;
  private final Ids ids;
  private final BodyBudget budget = BodyBudget.ofHeap();
  private final Answers answers;
  private final Function<Throwable, Optional<Problem>> faults;

  Dispatcher(
      RouteTable table,
      WebSettings web,
      Admission admission,
      Gate gate,
      Cors cors,
      ClientAddresses addresses,
      Ids ids,
      Answers answers,
      Function<Throwable, Optional<Problem>> faults) {
    this.table = table;
    this.timeout = web.timeout();
    this.admission = admission;
    this.gate = gate;
    this.cors = cors;
    this.addresses = addresses;
    this.ids = ids;
    this.answers = answers;
    this.faults = faults;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws Exception {
    Scopes.connection().unlimited();
    long start = System.nanoTime();
    RequestHead head = new RequestHead(request, addresses);
    String id = head.proxyRequestId().orElseGet(ids::next);
    Scopes.<@Nullable Void, Exception>withRequest(
        id,
        () -> {
          Outcome outcome = outcome(request, head, id);
          Response answer = cors.answer(outcome.response, head.header("Origin").orElse(""));
          answers.send(
              new Answers.Sending(request, response, head, id, start), answer, outcome.rest);
          return null;
        });
  }

  /// What to answer, and what is left of the request's body.
  private record Outcome(Response response, Answers.Rest rest) {}

  private Outcome outcome(ServerRequest request, RequestHead head, String id) {
    Answers.Rest rest = head.contentLength() == 0 ? Answers.Rest.NONE : Answers.Rest.UNREAD;
    Route.Family family = Route.Family.V1;
    try {
      String methodName = request.prologue().method().text();
      RequestPath path = RequestPath.parse(request.prologue().uriPath().rawPath());
      RouteTable.Lookup lookup = table.find(method(methodName), path);
      switch (lookup) {
        case RouteTable.Found found -> {
          family = found.route().family();
          return work(request, head, id, path, found);
        }
        case RouteTable.Missing missing -> {
          family = missing.family();
          throw new Problem.NotFound("route_not_found", "Nothing is here: " + path.text()).raise();
        }
        case RouteTable.WrongMethod wrong -> {
          family = wrong.family();
          List<String> methods = methods(wrong.allowed());
          if (methodName.equals("OPTIONS")) {
            boolean preflight = head.header("Access-Control-Request-Method").isPresent();
            String origin = head.header("Origin").orElse("");
            return new Outcome(cors.options(methods, origin, preflight), rest);
          }
          throw new Problem.MethodNotAllowed(
                  "method_not_allowed",
                  methodName + " is not possible here (expected: " + methods + ")",
                  methods)
              .raise();
        }
      }
    } catch (Exception | Error failure) {
      return new Outcome(failed(failure, family, id), rest);
    }
  }

  private static Route.@Nullable Method method(String name) {
    if (name.equals("HEAD")) {
      return Route.Method.GET;
    }
    for (Route.Method method : Route.Method.values()) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    return null;
  }

  private static List<String> methods(Set<Route.Method> allowed) {
    List<String> names = new ArrayList<>();
    for (Route.Method method : allowed) {
      names.add(method.name());
      if (method == Route.Method.GET) {
        names.add("HEAD");
      }
    }
    names.add("OPTIONS");
    return names;
  }

  private Outcome work(
      ServerRequest request,
      RequestHead head,
      String id,
      RequestPath path,
      RouteTable.Found found) {
    Route route = found.route();
    RequestClock clock = new RequestClock(timeout);
    BodyReader reader = new BodyReader(request, head, route.bodyLimit(), budget, clock);
    Response response;
    try {
      Map<String, List<String>> query = RequestPath.parameters(request.query().rawValue());
      Exchange exchange =
          new Exchange(id, route.method(), path, found, query, head, reader, clock, admission);
      Thread.ofVirtual().name("request-" + id).start(() -> inBackground(exchange, head, clock));
      response = clock.await();
    } catch (Exception | Error failure) {
      response = failed(failure, route.family(), id);
    }
    if (reader.complete()) {
      return new Outcome(response, Answers.Rest.NONE);
    }
    return new Outcome(response, clock.done() ? Answers.Rest.UNREAD : Answers.Rest.IN_USE);
  }

  private void inBackground(Exchange exchange, RequestHead head, RequestClock clock) {
    Scopes.<@Nullable Void, RuntimeException>withRequest(
        exchange.id(),
        () -> {
          boolean awaited = clock.work(() -> answer(exchange, head));
          Throwable failure = clock.failure();
          boolean expected =
              failure instanceof ProblemException || failure instanceof BodyReader.ClientGone;
          if (!awaited && failure != null && !expected) {
            LOG.error("The work of a request failed after its time was over", failure);
          }
          return null;
        });
  }

  private Response answer(Exchange exchange, RequestHead head) throws Exception {
    try {
      Optional<RateLimiter.Remaining> counted = gate.pass(exchange, head);
      if (exchange.method() != Route.Method.GET) {
        exchange.receive();
      }
      exchange.enter();
      Response response;
      try {
        response = exchange.route().handler().handle(exchange);
      } catch (ProblemException refused) {
        response = ErrorTable.response(refused.problem(), exchange.route().family());
      }
      Response answer = encoded(response, () -> gate.stillAllowed(exchange, head));
      return counted.map(remaining -> remaining.addTo(answer)).orElse(answer);
    } catch (Gate.Limited limited) {
      Response refusal =
          ErrorTable.response(limited.outcome().problem(), exchange.route().family());
      return limited.outcome().remaining().addTo(refusal);
    } finally {
      exchange.leave();
    }
  }

  /// Writes JSON here, where a failure still becomes a clean 500; ties a stream to the login of its
  /// caller.
  private static Response encoded(Response response, BooleanSupplier allowed) {
    Response.Body body =
        switch (response.body()) {
          case Response.Json json ->
              new Response.Bytes("application/json", Json.bytes(json.value()));
          case Response.Events events -> new Response.Events(events.source(), allowed);
          case Response.Socket socket ->
              new Response.Socket(socket.handler(), socket.key(), allowed);
          case Response.Bytes bytes -> bytes;
          case Response.FileContent file -> file;
          case Response.Empty empty -> empty;
        };
    return new Response(response.status(), response.headers(), response.cookies(), body);
  }

  private Response failed(Throwable failure, Route.Family family, String id) {
    if (failure instanceof ProblemException refused) {
      return ErrorTable.response(refused.problem(), family);
    }
    if (failure instanceof CloseConnectionException close) {
      throw close;
    }
    if (failure instanceof BodyReader.ClientGone) {
      throw new CloseConnectionException("the client closed the connection", failure);
    }
    LOG.error("A request failed", failure);
    Optional<Problem> known = faults.apply(failure);
    if (known.isPresent()) {
      return ErrorTable.response(known.get(), family);
    }
    return ErrorTable.response(
        new Problem.Internal(
            "internal_error", "Something went wrong on our side; request id " + id),
        family);
  }
}
