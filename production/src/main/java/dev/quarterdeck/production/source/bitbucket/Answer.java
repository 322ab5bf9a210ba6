package dev.quarterdeck.production.source.bitbucket;

import java.util.Optional;

/// A good answer: 200, or one of the statuses that the asker was ready for.
final class Answer {
  private final int status;
  private final String type;
  private final Optional<String> etag;
  private final byte[] body;
  private final boolean truncated;

  Answer(int status, String type, Optional<String> etag, byte[] body, boolean truncated) {
    this.status = status;
    this.type = type;
    this.etag = etag;
    this.body = body;
    this.truncated = truncated;
  }

  int status() {
    return status;
  }

  /// Media type in lower case without parameters, empty when absent.
  String type() {
    return type;
  }

  Optional<String> etag() {
    return etag;
  }

  /// Whole, or cut at the limit of the question; owned by the receiver.
  byte[] body() {
    return body;
  }

  /// Whether the body goes on after the limit of the question.
  boolean truncated() {
    return truncated;
  }
}
