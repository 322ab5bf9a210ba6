package dev.quarterdeck.http;

import java.io.IOException;
import java.util.Optional;

/// One WebSocket (RFC 6455) with a client. Nothing is queued: [#send] blocks until the client's
/// socket has taken the message, and the connection is closed when that takes longer than the write
/// timeout. Safe for all threads; one of them receives.
public interface WebSocket {
  /// Waits for the next message of text.
  ///
  /// @return empty when the client has gone or closed, or the server is stopping
  Optional<String> receive();

  /// Sends a message of text.
  ///
  /// @throws IOException the client is gone
  void send(String text) throws IOException;

  /// Says goodbye and ends the connection; further calls do nothing.
  ///
  /// @param code as in RFC 6455; 4000 to 4999 are the application's own
  /// @param reason at most 123 bytes
  void close(int code, String reason);

  /// Has the action called once, from another thread, when the client goes, this side closes, or
  /// the server stops.
  void onClose(Runnable action);

  /// Serves one client until it returns. Runs on the connection's own thread.
  @FunctionalInterface
  interface Handler {
    void run(WebSocket socket) throws Exception;
  }
}
