package dev.quarterdeck.server.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Answers of the production-state API, from a server or worked out here.
interface ProductionAnswers extends AutoCloseable {
  /// Where they come from, for a person.
  String name();

  /// The answer to a question.
  ///
  /// @param path below the root, with its query
  /// @param body null for GET
  /// @throws StartRefused there is none; the message says why
  JsonNode ask(String path, @Nullable Map<String, Object> body) throws InterruptedException;

  @Override
  void close();
}
