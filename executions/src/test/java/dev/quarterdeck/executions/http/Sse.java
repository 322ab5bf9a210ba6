package dev.quarterdeck.executions.http;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One server-sent event.
record Sse(String id, String name, JsonNode data) {
  String type() {
    return data.path("event_type").asString();
  }

  /// The events in the lines of a stream.
  static List<Sse> parse(List<String> lines) {
    List<Sse> events = new ArrayList<>();
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (line.isEmpty() && !data.isEmpty()) {
        events.add(new Sse(id, name, JsonMapper.shared().readTree(data.toString())));
        id = "";
        name = "";
        data.setLength(0);
      }
    }
    return events;
  }
}
