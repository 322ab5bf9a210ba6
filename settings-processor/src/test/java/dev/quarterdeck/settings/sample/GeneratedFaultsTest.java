package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files with independent faults, made from a seed by a generator that knows what must be said.
class GeneratedFaultsTest {
  private static final int FAULTS = 20;

  @TempDir Path directory;

  /// A line with a fault, and what is said of it: column, code and key.
  private record Line(String text, int column, String code, String key) {}

  /// Lines below a header, or below none.
  private static final class Section {
    final String header;
    final List<Line> lines = new ArrayList<>();

    Section(String header, Line... lines) {
      this.header = header;
      this.lines.addAll(List.of(lines));
    }
  }

  private static Line value(String name, String value, String code, String key) {
    return new Line(name + " = " + value, name.length() + 4, code, key);
  }

  private static Line key(String name, String value, String code, String key) {
    return new Line(name + " = " + value, 1, code, key);
  }

  private static String pick(Random random, String... all) {
    return all[random.nextInt(all.length)];
  }

  private static List<Section> sections(Random random) {
    String type = "settings.wrong_type";
    String range = "settings.constraint";
    String unknown = "settings.unknown_key";
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(
            "",
            value("patience", pick(random, "true", "\"soon\"", "[]"), type, "patience"),
            value("horn", pick(random, "11", "99"), range, "horn"),
            value("signal_port", pick(random, "\"x\"", "1.5", "\"80\""), type, "signal_port"),
            key("key", "\"canary\"", "settings.secret_exposed", "key"),
            key("colour", "1", "settings.defunct", "colour"),
            value("paint", pick(random, "\"red\"", "3"), type, "paint"),
            value("flags", pick(random, "3", "[1]"), type, "flags"),
            key("hornn", "1", unknown, "hornn"),
            value("broken", "@", "toml.bad_value", "")));
    for (int i = 0; i < 3; i++) {
      String ship = "ships." + i;
      sections.add(
          new Section(
              "[[ships]]",
              value("name", pick(random, "\"a b\"", "\"1\""), range, ship + ".name"),
              value("masts", pick(random, "0", "-7"), range, ship + ".masts"),
              value("sails", pick(random, "\"1\"", "[2]"), type, ship + ".sails"),
              key("code", "\"canary\"", "settings.secret_exposed", ship + ".code"),
              key("saiils", "3", unknown, ship + ".saiils"),
              value("captain", "3", "settings.not_a_table", ship + ".captain")));
    }
    for (String name : List.of("north", "south")) {
      String harbour = "harbours." + name;
      sections.add(
          new Section(
              "[" + harbour + "]",
              value("address", pick(random, "\"nowhere\"", "7"), type, harbour + ".address"),
              value("places", pick(random, "\"x\"", "2.5"), type, harbour + ".places"),
              value("cranes", pick(random, "3", "{}"), type, harbour + ".cranes"),
              key("piers", "3", unknown, harbour + ".piers")));
    }
    sections.add(
        new Section(
            "[storage]",
            value(
                "type",
                pick(random, "\"lokal\"", "\"\"", "3"),
                "settings.unknown_variant",
                "storage.type"),
            value("limit", pick(random, "\"x\"", "true"), type, "storage.limit"),
            value("directory", "3", type, "storage.directory"),
            key("colour", "3", unknown, "storage.colour")));
    return sections;
  }

  /// Sound lines that a section needs so that nothing is missing.
  private static String sound(Section section) {
    boolean named = section.lines.stream().anyMatch(line -> line.text().startsWith("name"));
    boolean placed = section.lines.stream().anyMatch(line -> line.text().startsWith("address"));
    if (section.header.startsWith("[[")) {
      return named ? "" : "name = \"Pequod\"";
    }
    return section.header.startsWith("[harbours") && !placed ? "address = \"tcp://a:1\"" : "";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 400, 800, 1200})
  void twentyIndependentFaultsGiveTwentyReportsInFileOrder(int first) {
    for (int seed = first; seed < first + 50; seed++) {
      Random random = new Random(seed);
      List<Section> sections = sections(random);
      List<Line> all = new ArrayList<>();
      sections.forEach(section -> all.addAll(section.lines));
      Collections.shuffle(all, random);
      List<Line> chosen = all.subList(0, FAULTS);
      StringBuilder file = new StringBuilder();
      List<String> expected = new ArrayList<>();
      int number = 0;
      for (Section section : sections) {
        section.lines.removeIf(line -> !chosen.contains(line));
        Collections.shuffle(section.lines, random);
        List<String> before = new ArrayList<>(List.of(section.header, sound(section)));
        before.removeIf(String::isEmpty);
        for (String line : before) {
          file.append(line).append('\n');
          number++;
        }
        for (Line line : section.lines) {
          for (int blank = random.nextInt(3); blank > 0; blank--) {
            file.append(pick(random, "\n", "# canary = 1\n"));
            number++;
          }
          file.append(line.text()).append('\n');
          number++;
          expected.add(
              "config.toml:%d:%d %s %s".formatted(number, line.column(), line.code(), line.key()));
        }
      }

      Harbourmaster fleet = new Harbourmaster(directory).toml(file.toString());
      assertThat(fleet.faults()).as("seed %s:\n%s", seed, file).containsExactlyElementsOf(expected);
      assertThat(fleet.report()).doesNotContain("canary").contains("20 problems");
    }
  }

  @Test
  void syntaxErrorInOneLayerHidesNoFaultOfAnother() {
    for (String broken : List.of("@\n", "ships = [\n", "a = \"\n", "= 1\n")) {
      assertThat(
              new Harbourmaster(directory)
                  .toml(broken)
                  .override("horn = 11\n[[ships]]\nnmae = 1")
                  .dotenv("PAINT=red\nA B\n")
                  .env("STORAGE_TYPE", "x")
                  .set("patience=soon")
                  .faults())
          .anySatisfy(one -> assertThat(one).startsWith("config.toml:1:").contains(" toml."))
          .contains(
              "override.toml:1:8 settings.constraint horn",
              "override.toml:3:1 settings.unknown_key ships.0.nmae",
              ".env:1:7 settings.wrong_type paint",
              "environment variable STORAGE_TYPE settings.unknown_variant storage.type",
              "--set patience settings.wrong_type patience")
          .hasSize(7);
    }
  }
}
