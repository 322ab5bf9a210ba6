package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.SourceFault;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;

/// Why a fetch failed: JGit says it in words only.
final class FetchFaults {
  private FetchFaults() {}

  static SourceFault of(URI remote, boolean withCredentials, TransportException e) {
    String message = String.valueOf(e.getMessage());
    String words = message.toLowerCase(Locale.ROOT);
    if (e instanceof NoRemoteRepositoryException || words.contains("not found")) {
      return new SourceFault.NotFound(
          "%s: no such repository, or none that these credentials may see".formatted(remote));
    }
    if (words.contains("not authorized") || words.contains("authentication")) {
      return new SourceFault.Unauthorized(
          "%s: the server refuses %s (expected: BITBUCKET_TOKEN may read this repository)"
              .formatted(
                  remote, withCredentials ? "the credentials" : "access without credentials"));
    }
    if (words.contains("forbidden") || words.contains("not permitted")) {
      return new SourceFault.Forbidden(
          "%s: the credentials may not read this repository".formatted(remote));
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
        return new SourceFault.Timeout("%s: no answer in time".formatted(remote));
      }
    }
    return new SourceFault.Unavailable("%s: cannot be fetched: %s".formatted(remote, message));
  }
}
