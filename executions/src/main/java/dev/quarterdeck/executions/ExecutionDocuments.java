package dev.quarterdeck.executions;

import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How executions are stored: the declared fields that can be searched by, and the body.
final class ExecutionDocuments {
  static final String USER = "user_id";
  static final String STATUS = "status";
  static final String LANGUAGE = "lang";
  static final String CREATED = "created_at";
  static final String KEY = "idempotency_key";

  static final Kind KIND =
      new Kind(
          "main",
          "execution",
          List.of(
              Kind.text(USER),
              Kind.text(STATUS),
              Kind.text(LANGUAGE),
              Kind.integer(CREATED),
              Kind.unique(KEY)));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ExecutionDocuments() {}

  static Document write(Execution execution) {
    Map<String, Object> indexed = new HashMap<>();
    indexed.put(USER, execution.owner().userId());
    indexed.put(STATUS, execution.status().text());
    indexed.put(LANGUAGE, execution.program().language());
    indexed.put(CREATED, execution.createdAt().toEpochMilli());
    execution.idempotency().ifPresent(idempotency -> indexed.put(KEY, idempotency.key()));
    return new Document(
        execution.id(), execution.version(), indexed, JSON.writeValueAsBytes(execution));
  }

  static Execution read(Document document) {
    return JSON.readValue(document.body(), Execution.class);
  }
}
