package dev.quarterdeck.accounts.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer as a test looks at it.
record Reply(int status, Map<String, List<String>> headers, String body) {
  static Reply of(HttpResponse<String> response) {
    return new Reply(response.statusCode(), response.headers().map(), response.body());
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }

  String text(String field) {
    return json().required(field).asString();
  }

  /// The stable code of an error.
  String code() {
    return text("code");
  }

  String header(String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }

  List<String> setCookies() {
    return headers.getOrDefault("set-cookie", List.of());
  }
}
