package dev.quarterdeck.settings.render;

/// How a cell looks on a terminal.
enum Tone {
  PLAIN(""),
  STRONG("1"),
  QUIET("2"),
  BEFORE("31"),
  AFTER("32");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  String paint(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
