package dev.quarterdeck.settings.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of all codes: what each section gives to the engine, and what it says comes out.
final class DiagnosticsPage {
  static final Path FILE = Path.of("../settings/docs/diagnostics.md");

  private static final Pattern SECTION = Pattern.compile("(?m)^## `([a-z_.]+)`$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9A-F]{2})");
  private static final Pattern REPEATED = Pattern.compile("\\{(.+?) x (\\d+)}");

  private DiagnosticsPage() {}

  /// A code with its example.
  record Section(String code, List<String[]> inputs, String report) {
    /// The report of the inputs, without the directory of the files.
    String produced(Path directory) {
      Harbourmaster fleet = new Harbourmaster(directory);
      for (String[] input : inputs) {
        String text = input[1].stripTrailing();
        switch (input[0]) {
          case "toml" -> fleet.toml(bytes(text));
          case "override" -> fleet.override(text);
          case "dotenv" -> fleet.dotenv(bytes(text + "\n"));
          case "absent" -> fleet.absent(text);
          case "arguments" -> fleet.set(text.split("\n", -1));
          case "environment" ->
              text.lines().forEach(line -> fleet.env(line.split("=", 2)[0], line.split("=", 2)[1]));
          default -> throw new IllegalArgumentException("unknown input " + input[0]);
        }
      }
      return fleet.report();
    }
  }

  static List<Section> sections() {
    String page;
    try {
      page = Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Section> sections = new ArrayList<>();
    String[] bodies = SECTION.split(page);
    Matcher headings = SECTION.matcher(page);
    for (int i = 1; headings.find(); i++) {
      List<String[]> blocks = new ArrayList<>();
      Matcher block = BLOCK.matcher(bodies[i]);
      while (block.find()) {
        blocks.add(new String[] {block.group(1), block.group(2)});
      }
      String[] last = blocks.removeLast();
      sections.add(new Section(headings.group(1), blocks, last[1].stripTrailing()));
    }
    return sections;
  }

  private static byte[] bytes(String text) {
    String whole =
        REPEATED
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        match
                            .group(1)
                            .replace("\\n", "\n")
                            .repeat(Integer.parseInt(match.group(2)))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Matcher escapes = BYTE.matcher(whole);
    int from = 0;
    while (escapes.find()) {
      out.writeBytes(whole.substring(from, escapes.start()).getBytes(StandardCharsets.UTF_8));
      out.write(Integer.parseInt(escapes.group(1), 16));
      from = escapes.end();
    }
    out.writeBytes(whole.substring(from).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
