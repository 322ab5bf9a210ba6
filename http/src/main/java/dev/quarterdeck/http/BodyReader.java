package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads the body of one request, at most the limit of its route.
final class BodyReader {
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
    if (complete) {
      return new byte[0];
    }
    if (head.contentLength() > limit) {
      throw tooLarge();
    }
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(Math.clamp(head.contentLength(), 1024, 65536));
    byte[] buffer = new byte[budget.readSize()];
    try {
      InputStream in = request.content().inputStream();
      while (true) {
        if (!budget.take(clock.remaining())) {
          throw RequestClock.timedOut().raise();
        }
        taken++;
        int read = in.readNBytes(buffer, 0, buffer.length);
        if (bytes.size() + (long) read > limit) {
          throw tooLarge();
        }
        bytes.write(buffer, 0, read);
        if (read < buffer.length) {
          complete = true;
          return bytes.toByteArray();
        }
      }
    } catch (RequestException broken) {
      throw refusal(broken);
    } catch (dev.quarterdeck.runtime.ProblemException problem) {
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

  /// The client closed the connection; there is nobody to answer.
  static final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientGone(Throwable cause) {
      super("the client closed the connection", cause);
    }
  }
}
