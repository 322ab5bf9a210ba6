package dev.quarterdeck.server.cli;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Answers of the server at SELF_BASE_URL.
final class ServerAnswers implements ProductionAnswers {
  private final ApiClient server;

  private ServerAnswers(ApiClient server) {
    this.server = server;
  }

  /// @param token the API or login token to show, null or blank for none
  static ServerAnswers at(URI address, @Nullable String token) {
    return new ServerAnswers(ApiClient.at(address, token).advising("--git PATH works without one"));
  }

  @Override
  public String name() {
    return server.address();
  }

  @Override
  public JsonNode ask(String path, @Nullable Map<String, Object> body) throws InterruptedException {
    return body == null ? server.get(path) : server.post(path, body);
  }

  @Override
  public void close() {
    server.close();
  }
}
