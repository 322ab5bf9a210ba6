package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.SourceFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;

/// What it means when a connection breaks.
final class Breakage {
  private final String host;
  private final Duration timeout;
  private final Credentials credentials;

  Breakage(String host, Duration timeout, Credentials credentials) {
    this.host = host;
    this.timeout = timeout;
    this.credentials = credentials;
  }

  Failure failure(Ask ask, Watchdog.Over over, IOException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return Failure.last(new SourceFault.Cancelled("the caller gave up"), failure);
    }
    return switch (over) {
      case FIRST_BYTE ->
          Failure.passing(
              new SourceFault.Timeout(
                  "%s did not answer GET %s within %s ms (BITBUCKET_TIMEOUT); try again later, or raise it"
                      .formatted(host, ask.shown(), timeout.toMillis())),
              failure);
      case DEADLINE ->
          Failure.last(
              new SourceFault.Timeout(
                  "%s was still answering GET %s when the time for this call was over; try again later"
                      .formatted(host, ask.shown())),
              failure);
      case NONE -> broken(ask, failure);
    };
  }

  private Failure broken(Ask ask, IOException failure) {
    return switch (failure) {
      case UnknownHostException _ ->
          Failure.last(
              new SourceFault.Unavailable(
                  host + ": no such host; check BITBUCKET_BASE_URL and the name service"),
              failure);
      case SSLException _ ->
          Failure.last(
              new SourceFault.Unavailable(
                  host
                      + ": no trusted TLS connection: "
                      + words(failure)
                      + "; check BITBUCKET_BASE_URL and the certificates that Java trusts"),
              failure);
      case ConnectException _, NoRouteToHostException _ ->
          Failure.passing(
              new SourceFault.Unavailable(
                  host + ": cannot be reached: " + words(failure) + "; check BITBUCKET_BASE_URL"),
              failure);
      case ClientProtocolException _, MessageConstraintException _ ->
          Failure.last(
              new SourceFault.Malformed(
                  "%s: the answer to GET %s is no HTTP: %s; check BITBUCKET_BASE_URL"
                      .formatted(host, ask.shown(), words(failure))),
              failure);
      default ->
          Failure.passing(
              new SourceFault.Unavailable(
                  "%s: the connection broke during GET %s: %s; try again later"
                      .formatted(host, ask.shown(), words(failure))),
              failure);
    };
  }

  private String words(IOException failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return credentials.without(
        Optional.ofNullable(innermost.getMessage())
            .orElse(innermost.getClass().getSimpleName())
            .replaceAll("\\s+", " "));
  }
}
