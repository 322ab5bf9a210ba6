package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Reads the body of one request, at most the limit of its route.
final class BodyReader {
  /// An upload that brings nothing for so long is given up.
  private static final Duration UPLOAD_PATIENCE = Duration.ofSeconds(60);

  private final ServerRequest request;
  private final RequestHead head;
  private final long limit;
  private final BodyBudget budget;
  private final RequestClock clock;
  private int taken;
  private volatile boolean complete;

  BodyReader(
      ServerRequest request, RequestHead head, long limit, BodyBudget budget, RequestClock clock) {
    this.request = request;
    this.head = head;
    this.limit = limit;
    this.budget = budget;
    this.clock = clock;
    this.complete = head.contentLength() == 0;
  }

  /// Whether nothing of the body is left unread.
  boolean complete() {
    return complete;
  }

  void release() {
    budget.giveBack(taken);
    taken = 0;
  }

  /// Reads it all.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 413, 400 or 503
  /// @throws ClientGone the client closed the connection before the end
  byte[] read() {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(Math.clamp(head.contentLength(), 1024, 65536));
    transfer(
        (buffer, length) -> bytes.write(buffer, 0, length),
        () -> {
          if (!budget.take(clock.remaining())) {
            throw RequestClock.timedOut().raise();
          }
          taken++;
        });
    return bytes.toByteArray();
  }

  /// Reads it all into a file. As long as bytes come, the request's time does not end.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 413, 400 or 503
  /// @throws ClientGone the client closed the connection before the end
  /// @throws IOException the file cannot be written
  void copyTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      transfer(
          (buffer, length) -> {
            try {
              out.write(buffer, 0, length);
            } catch (IOException failure) {
              throw new NotWritten(failure);
            }
          },
          () -> clock.atLeast(UPLOAD_PATIENCE));
    } catch (NotWritten failure) {
      throw failure.cause;
    }
  }

  private void transfer(Target target, Room room) {
    if (complete) {
      return;
    }
    if (head.contentLength() > limit) {
      throw tooLarge();
    }
    byte[] buffer = new byte[budget.readSize()];
    long total = 0;
    try {
      InputStream in = request.content().inputStream();
      while (true) {
        room.take();
        int read = in.readNBytes(buffer, 0, buffer.length);
        total += read;
        if (total > limit) {
          throw tooLarge();
        }
        target.write(buffer, read);
        if (read < buffer.length) {
          complete = true;
          return;
        }
      }
    } catch (RequestException broken) {
      throw refusal(broken);
    } catch (ProblemException | NotWritten problem) {
      throw problem;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ClientGone(stopping);
    } catch (IOException | RuntimeException gone) {
      for (Throwable cause = gone; cause != null; cause = cause.getCause()) {
        if (cause instanceof RequestException broken) {
          throw refusal(broken);
        }
        if (cause instanceof IllegalArgumentException) {
          throw broken();
        }
      }
      throw new ClientGone(gone);
    }
  }

  private RuntimeException refusal(RequestException broken) {
    return broken.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
        ? tooLarge()
        : broken();
  }

  private static RuntimeException broken() {
    return new Problem.BadRequest("body_broken", "The chunks of the body cannot be read").raise();
  }

  private RuntimeException tooLarge() {
    return new Problem.TooLarge(
            "body_too_large", "The body is too large (expected: at most " + limit + " bytes)")
        .raise();
  }

  /// Takes the bytes read.
  private interface Target {
    void write(byte[] buffer, int length);
  }

  /// Asked before each read.
  private interface Room {
    void take() throws InterruptedException;
  }

  /// The file of an upload cannot be written.
  private static final class NotWritten extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final IOException cause;

    NotWritten(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  /// The client closed the connection; there is nobody to answer.
  static final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientGone(Throwable cause) {
      super("the client closed the connection", cause);
    }
  }
}
