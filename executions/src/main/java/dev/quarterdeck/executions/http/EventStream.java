package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Observer;
import dev.quarterdeck.executions.Position;
import dev.quarterdeck.executions.Step;
import dev.quarterdeck.executions.Utf8;
import dev.quarterdeck.http.Response.EventSink;
import dev.quarterdeck.store.OutputLog.Frame;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Turns what happens to an execution into server-sent events. What the documented API knows goes
/// out without a name, for the handlers of `message`; what it does not know, output and restarts,
/// has a name, so that clients of the documented API do not see it.
final class EventStream implements Observer {
  private final EventSink sink;
  private final ResultView results;
  private final InstantSource clock;

  EventStream(EventSink sink, ResultView results, InstantSource clock) {
    this.sink = sink;
    this.results = results;
    this.clock = clock;
  }

  @Override
  public void status(Execution execution) throws IOException {
    ObjectNode message = message("status", execution, clock.instant().toString());
    message.putNull("event_id");
    message.put("status", execution.status().text());
    message.putNull("result");
    sink.send("", "", message.toString());
  }

  @Override
  public void event(Execution execution, Step step, Position position) throws IOException {
    String type = step.restarted() ? "restarted" : step.type();
    ObjectNode message = message(type, execution, step.at().toString());
    message.put("event_id", step.eventId());
    message.putNull("status");
    boolean result = step.type().equals(Step.RESULT_STORED);
    if (result) {
      message.put("status", execution.status().text());
      message.set("result", results.whole(execution));
    } else {
      message.putNull("result");
    }
    message.put("attempt", step.attempt());
    if (!step.detail().isEmpty()) {
      message.put("detail", step.detail());
    }
    sink.send(position.text(), step.restarted() ? type : "", message.toString());
  }

  @Override
  public void output(Execution execution, Frame frame, Position position) throws IOException {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("event_type", "output");
    message.put("execution_id", execution.id());
    message.put("stream", frame.stream().name().toLowerCase(Locale.ROOT));
    Optional<String> text = Utf8.decode(frame.bytes());
    if (text.isPresent()) {
      message.put("data", text.get());
    } else {
      message.put("data_base64", Base64.getEncoder().encodeToString(frame.bytes()));
    }
    message.put("attempt", frame.attempt());
    message.put("sequence", frame.sequence());
    sink.send(position.text(), "output", message.toString());
  }

  @Override
  public boolean closed() {
    return sink.closed();
  }

  @Override
  public void onClose(Runnable action) {
    sink.onClose(action);
  }

  private static ObjectNode message(String type, Execution execution, String timestamp) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("event_type", type);
    message.put("execution_id", execution.id());
    message.put("timestamp", timestamp);
    return message;
  }
}
