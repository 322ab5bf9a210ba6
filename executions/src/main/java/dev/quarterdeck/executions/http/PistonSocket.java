package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Owner;
import dev.quarterdeck.executions.Position;
import dev.quarterdeck.executions.Priority;
import dev.quarterdeck.executions.Program;
import dev.quarterdeck.executions.SignalNames;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.WebSocket;
import dev.quarterdeck.runtime.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Piston's WebSocket: one program for each connection, its input, output and signals as messages.
/// Source: `/api/v2/connect` in Piston's documentation. The program ends when its client goes.
final class PistonSocket implements WebSocket.Handler {
  private static final Logger log = LoggerFactory.getLogger(PistonSocket.class);
  private static final Duration INITIALIZATION = Duration.ofSeconds(1);

  static final int ALREADY_INITIALIZED = 4000;
  static final int INITIALIZATION_TIMEOUT = 4001;
  static final int NOTIFIED_ERROR = 4002;
  static final int NOT_YET_INITIALIZED = 4003;
  static final int CAN_ONLY_WRITE_TO_STDIN = 4004;
  static final int INVALID_SIGNAL = 4005;
  static final int JOB_COMPLETED = 4999;

  private final Executions executions;
  private final Principal caller;
  private volatile @Nullable Execution execution;

  PistonSocket(Executions executions, Principal caller) {
    this.executions = executions;
    this.caller = caller;
  }

  @Override
  public void run(WebSocket socket) throws IOException, InterruptedException {
    Thread timer = Thread.ofVirtual().name("piston-initialization").start(() -> expire(socket));
    @Nullable Thread watcher = null;
    try {
      Optional<String> text = socket.receive();
      while (text.isPresent()) {
        boolean waiting = execution == null;
        handle(socket, text.get());
        Execution started = execution;
        if (waiting && started != null) {
          watcher =
              Thread.ofVirtual()
                  .name("piston-watch-" + started.id())
                  .start(() -> watch(socket, started));
        }
        text = socket.receive();
      }
    } finally {
      timer.interrupt();
      end();
      if (watcher != null) {
        watcher.join();
      }
    }
  }

  private void expire(WebSocket socket) {
    try {
      Thread.sleep(INITIALIZATION);
    } catch (InterruptedException initialized) {
      return;
    }
    if (execution == null) {
      socket.close(INITIALIZATION_TIMEOUT, "Initialization Timeout");
    }
  }

  private void handle(WebSocket socket, String text) throws IOException {
    try {
      JsonNode message = JsonMapper.shared().readTree(text);
      Execution running = execution;
      switch (message.path("type").asString("")) {
        case "init" -> {
          if (running == null) {
            execution = start(message);
          } else {
            socket.close(ALREADY_INITIALIZED, "Already Initialized");
          }
        }
        case "data" -> {
          if (running == null) {
            socket.close(NOT_YET_INITIALIZED, "Not yet initialized");
          } else if (!message.path("stream").asString("").equals("stdin")) {
            socket.close(CAN_ONLY_WRITE_TO_STDIN, "Can only write to stdin");
          } else {
            stdin(running, message);
          }
        }
        case "signal" -> {
          Optional<Integer> number = SignalNames.number(message.path("signal").asString(""));
          if (running == null) {
            socket.close(NOT_YET_INITIALIZED, "Not yet initialized");
          } else if (number.isEmpty()) {
            socket.close(INVALID_SIGNAL, "Invalid signal");
          } else {
            executions.signal(running.id(), number.get());
          }
        }
        default -> log.debug("a message of an unknown type is left out");
      }
    } catch (ProblemException refused) {
      error(socket, refused.problem().detail());
    } catch (JacksonException noJson) {
      error(socket, "the message is not valid JSON");
    }
  }

  private Execution start(JsonNode message) {
    Program program =
        new PistonBody(message, executions.limits())
            .read(executions.languages().active(), Program.Input.INTERACTIVE);
    return executions.submit(Owner.of(caller), program, Priority.NORMAL, Optional.empty());
  }

  private void stdin(Execution running, JsonNode message) {
    byte[] bytes = message.path("data").asString("").getBytes(StandardCharsets.UTF_8);
    executions.stdinSoon(running.id(), bytes, message.path("close").asBoolean(false));
  }

  private static void error(WebSocket socket, String text) throws IOException {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "error");
    message.put("message", text);
    socket.send(message.toString());
    socket.close(NOTIFIED_ERROR, "Notified Error");
  }

  private void watch(WebSocket socket, Execution started) {
    try {
      PistonObserver observer = new PistonObserver(socket, executions);
      executions.watch(started.id(), Position.START, observer);
      if (observer.ended()) {
        socket.close(JOB_COMPLETED, "Job Completed");
      }
    } catch (IOException gone) {
      log.debug("execution {}: its client is gone", started.id());
      end();
      socket.close(NOTIFIED_ERROR, "Notified Error");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// The client has gone: nobody else waits for this program.
  private void end() {
    Execution started = execution;
    if (started == null) {
      return;
    }
    try {
      if (executions.get(started.id()).finished().isEmpty()) {
        executions.cancel(started.id(), "the client went away", caller.username());
      }
    } catch (ProblemException endedMeanwhile) {
      log.debug("execution {}: ended meanwhile", started.id());
    }
  }
}
