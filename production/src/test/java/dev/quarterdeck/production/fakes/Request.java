package dev.quarterdeck.production.fakes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request as it came over the wire.
///
/// @param target path and query, as sent
/// @param headers names in lower case
public record Request(String method, String target, Map<String, String> headers, byte[] body) {
  /// The path as sent, still encoded.
  public String rawPath() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /// The path, each segment decoded, without a plus becoming a blank.
  public String path() {
    return decoded(rawPath());
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Parameters of the query, and of a form in the body, decoded.
  public Map<String, List<String>> parameters() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    int question = target.indexOf('?');
    if (question >= 0) {
      add(target.substring(question + 1), all);
    }
    if (header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")) {
      add(new String(body, StandardCharsets.US_ASCII), all);
    }
    return all;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters().get(name)).map(List::getFirst);
  }

  public List<String> all(String name) {
    return parameters().getOrDefault(name, List.of());
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  private static void add(String query, Map<String, List<String>> all) {
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        all.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), _ -> new ArrayList<>())
            .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
  }
}
