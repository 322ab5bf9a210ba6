package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The path of a request, split before it is decoded, so that an encoded slash stays inside its
/// segment.
///
/// @param segments decoded, none of them `.` or `..`, none with control characters
/// @param trailingSlash whether a slash followed the last segment
record RequestPath(List<String> segments, boolean trailingSlash) {

  /// Splits and decodes.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the path cannot be decoded safely
  static RequestPath parse(String raw) {
    if (!raw.startsWith("/")) {
      throw bad("path_invalid", "The path must start with /");
    }
    List<String> segments = new ArrayList<>();
    int from = 1;
    while (from <= raw.length()) {
      int to = raw.indexOf('/', from);
      int end = to < 0 ? raw.length() : to;
      segments.add(segment(raw.substring(from, end)));
      from = end + 1;
    }
    boolean slash = segments.size() > 1 && segments.getLast().isEmpty();
    if (slash || segments.equals(List.of(""))) {
      segments.removeLast();
    }
    return new RequestPath(List.copyOf(segments), slash);
  }

  /// The decoded path, for people: an encoded slash shows as a slash.
  String text() {
    return "/" + String.join("/", segments) + (trailingSlash ? "/" : "");
  }

  /// The fields of a query or of a form, in order.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when a field cannot be decoded
  static Map<String, List<String>> parameters(String raw) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    int from = 0;
    while (from < raw.length()) {
      int and = raw.indexOf('&', from);
      int end = and < 0 ? raw.length() : and;
      if (end > from) {
        String pair = raw.substring(from, end).replace('+', ' ');
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), "query_invalid");
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "query_invalid");
        all.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
      from = end + 1;
    }
    return all;
  }

  private static String segment(String raw) {
    String decoded = decode(raw, "path_invalid");
    if (decoded.equals(".") || decoded.equals("..")) {
      throw bad("path_invalid", "The path must not contain the segments . and ..");
    }
    if (decoded.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw bad("path_invalid", "The path must not contain control characters");
    }
    return decoded;
  }

  private static String decode(String raw, String code) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      } else {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw bad(code, "The address holds a % that two hexadecimal digits do not follow");
        }
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException notUtf8) {
      throw bad(code, "The address holds percent-encoded bytes that are not UTF-8");
    }
  }

  private static RuntimeException bad(String code, String detail) {
    return new Problem.BadRequest(code, detail).raise();
  }
}
