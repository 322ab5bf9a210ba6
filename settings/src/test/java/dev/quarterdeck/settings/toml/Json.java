package dev.quarterdeck.settings.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the JSON of the conformance cases: objects, arrays and strings.
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.blanks();
    if (json.at != text.length()) {
      throw new IllegalArgumentException("something follows the JSON value at " + json.at);
    }
    return value;
  }

  private Object value() {
    return switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> throw new IllegalArgumentException("no JSON value at " + at);
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> values = new LinkedHashMap<>();
    at++;
    while (next() != '}') {
      String key = string();
      expect(':');
      values.put(key, value());
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return values;
  }

  private List<Object> array() {
    List<Object> values = new ArrayList<>();
    at++;
    while (next() != ']') {
      values.add(value());
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return values;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = text.charAt(at++);
      switch (escape) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        }
        default -> out.append(escape);
      }
    }
    at++;
    return out.toString();
  }

  private void expect(char c) {
    if (next() != c) {
      throw new IllegalArgumentException("no " + c + " at " + at);
    }
    at++;
  }

  private char next() {
    blanks();
    return text.charAt(at);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
