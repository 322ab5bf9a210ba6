package dev.quarterdeck.settings;

/// A line of a file with the part that a message is about. What is secret is left out.
///
/// @param number of the line, from 1
/// @param text of the line, or a stretch of a long line
/// @param start of the part, from 0, in characters of the text
/// @param width of the part, at least 1
public record Excerpt(int number, String text, int start, int width) {}
