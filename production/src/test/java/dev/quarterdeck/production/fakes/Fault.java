package dev.quarterdeck.production.fakes;

import java.time.Duration;

/// What a server does instead of answering as it should.
public sealed interface Fault {
  /// Another answer: any status, type and Retry-After.
  record Instead(Reply reply) implements Fault {}

  /// The request is read and never answered, until the fake is closed or the client gives up.
  record Hang() implements Fault {}

  /// The right answer, so many bytes at a time.
  record Drip(int bytes, Duration every) implements Fault {}

  /// The connection is reset before any answer.
  record Reset() implements Fault {}

  /// The right answer with the right length, and the connection closed after so many bytes of it.
  record Broken(int after) implements Fault {}

  /// The right answer cut after so many bytes, said to be whole.
  record Truncated(int after) implements Fault {}

  /// The right answer after a while.
  record Late(Duration by) implements Fault {}

  /// An answer with this status and this text, JSON when it starts with a brace.
  static Fault status(int status, String body) {
    return new Instead(body.startsWith("{") ? Reply.json(status, body) : Reply.text(status, body));
  }

  /// 429 as Bitbucket Cloud sends it.
  static Fault tooMany() {
    return status(429, "Rate limit for this resource has been exceeded");
  }

  /// 429 with a Retry-After of either form.
  static Fault tooMany(String retryAfter) {
    return new Instead(
        Reply.text(429, "Rate limit for this resource has been exceeded")
            .with("Retry-After", retryAfter));
  }
}
