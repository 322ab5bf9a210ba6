package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.SignalNames;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Input and signals for a program that runs.
final class InteractionRoutes {
  private static final int DATA_CHARACTERS = 1_000_000;

  private final Executions executions;

  InteractionRoutes(Executions executions) {
    this.executions = executions;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.POST,
                "/api/v1/executions/{execution_id}/stdin",
                "Passes input on to an interactive program that runs, and ends its input.",
                this::stdin)
            .schemas("StdinRequest", "StdinResponse"),
        Route.of(
                Method.POST,
                "/api/v1/executions/{execution_id}/signal",
                "Sends a signal to a program that runs.",
                this::signal)
            .schemas("SignalRequest", "SignalResponse"));
  }

  private Execution own(Request request) {
    return Callers.execution(executions, request, Callers.with(request, Callers.WRITE));
  }

  private Response stdin(Request request) {
    Execution execution = own(request);
    BodyFields body = BodyFields.of(request);
    String encoding = body.choice("encoding", List.of("utf8", "base64"), "utf8");
    String data = body.string("data", 0, DATA_CHARACTERS, "");
    boolean close = body.bool("close", false);
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    if (encoding.equals("base64")) {
      try {
        bytes = Base64.getDecoder().decode(data);
      } catch (IllegalArgumentException wrong) {
        body.violation("data", "Data is not valid base64", "stdin_encoding");
      }
    }
    body.check();
    executions.stdin(execution.id(), bytes, close);
    return Response.json(
        Map.of("execution_id", execution.id(), "bytes", bytes.length, "closed", close));
  }

  private Response signal(Request request) {
    Execution execution = own(request);
    BodyFields body = BodyFields.of(request);
    String name = body.choice("signal", SignalNames.ALLOWED, "SIGTERM");
    body.check();
    executions.signal(execution.id(), SignalNames.number(name).orElseThrow());
    return Response.json(Map.of("execution_id", execution.id(), "signal", name));
  }
}
