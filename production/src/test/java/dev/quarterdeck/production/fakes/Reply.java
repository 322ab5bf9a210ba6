package dev.quarterdeck.production.fakes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One answer.
///
/// @param headers sent besides Content-Length
public record Reply(int status, Map<String, String> headers, byte[] body) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(int status, String body) {
    return of(status, "application/json; charset=utf-8", body);
  }

  public static Reply text(int status, String body) {
    return of(status, "text/plain", body);
  }

  public static Reply of(int status, String type, String body) {
    return bytes(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply bytes(int status, String type, byte[] body) {
    return new Reply(status, Map.of("Content-Type", type), body);
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  public Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body);
  }
}
