package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.schema.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lists and maps of records.
class TablesTest {
  @TempDir Path directory;

  private Harbourmaster fleet() {
    return new Harbourmaster(directory);
  }

  @Test
  void listsAreReadFromArraysOfTablesAndFromInlineArrays() {
    Fleet fleet =
        fleet()
            .toml(
                """
                copies = [{ type = "local", directory = "a" }, { type = "local" }]
                [[ships]]
                name = "Pequod"
                masts = 4
                [ships.captain]
                name = "Ahab"
                [[ships.cargo]]
                good = "oil"
                amount = 7
                [[ships.cargo]]
                good = "bread"
                [[ships]]
                name = "Nautilus"
                cargo = [{ good = "gold" }]
                """)
            .load();

    assertThat(fleet.ships()).extracting(Fleet.Ship::name).containsExactly("Pequod", "Nautilus");
    Fleet.Ship first = fleet.ships().getFirst();
    assertThat(first.masts()).isEqualTo(4);
    assertThat(first.captain()).isEqualTo(new Fleet.Captain("Ahab", 50));
    assertThat(first.cargo())
        .containsExactly(new Fleet.Cargo("oil", 7), new Fleet.Cargo("bread", 1));
    assertThat(fleet.ships().getLast().cargo()).containsExactly(new Fleet.Cargo("gold", 1));
    assertThat(fleet.copies()).hasSize(2);
    assertThat(fleet.harbours()).isEmpty();
  }

  @Test
  void listOfALaterLayerReplacesTheWholeList() {
    Fleet fleet =
        fleet()
            .toml("[[ships]]\nname = \"A\"\nmasts = 9\n[[ships]]\nname = \"B\"")
            .override("[[ships]]\nname = \"C\"")
            .load();

    assertThat(fleet.ships()).extracting(Fleet.Ship::name).containsExactly("C");
    assertThat(fleet.ships().getFirst().masts()).isEqualTo(3);
    assertThat(fleet().toml("[[ships]]\nname = \"A\"").override("ships = []").load().ships())
        .isEmpty();
  }

  @Test
  void definitionsOfAListThatWasReplacedAreChecked() {
    assertThat(
            fleet()
                .toml("[[ships]]\nname = \"a\"\nmast = 1\n[[ships]]\nmasts = \"x\"")
                .override("[[ships]]\nname = \"C\"")
                .faults())
        .containsExactly(
            "config.toml:2:8 settings.constraint ships.0.name",
            "config.toml:3:1 settings.unknown_key ships.0.mast",
            "config.toml:5:9 settings.wrong_type ships.1.masts");
  }

  @Test
  void mapsMergeByNameAndByKeyBetweenLayers() {
    Fleet fleet =
        fleet()
            .toml(
                """
                [harbours.north]
                address = "tcp://north:1"
                places = 5
                cranes = ["a", "b"]
                [harbours."far away"]
                address = "tcp://far:1"
                """)
            .override("[harbours.north]\ncranes = \"c\"\n[harbours.south]\naddress = \"tcp://s:1\"")
            .load();

    assertThat(fleet.harbours().keySet()).containsExactly("north", "far away", "south");
    Fleet.Harbour north = Objects.requireNonNull(fleet.harbours().get("north"));
    assertThat(north.places()).isEqualTo(5);
    assertThat(north.cranes()).containsExactly("c");
    assertThat(north.address()).hasToString("tcp://north:1");
  }

  @Test
  void environmentChangesSettingsOfTablesThatFilesHave() {
    String toml =
        """
        [[ships]]
        name = "A"
        [[ships]]
        name = "B"
        [harbours.big-one]
        address = "tcp://a:1"
        """;
    Fleet fleet =
        fleet()
            .toml(toml)
            .dotenv("SHIPS_0_CAPTAIN_NAME=Pip\n")
            .env("SHIPS_1_MASTS", "2")
            .env("SHIPS_0_CODE", "open-sesame")
            .env("HARBOURS_BIG_ONE_PLACES", "77")
            .env("SHIPS_2_NAME", "Z")
            .set("ships.1.name=Bb", "harbours.big-one.cranes=x,y")
            .load();

    assertThat(fleet.ships()).extracting(Fleet.Ship::name).containsExactly("A", "Bb");
    assertThat(fleet.ships().getFirst().code()).contains(Secret.of("open-sesame"));
    assertThat(fleet.ships().getFirst().captain().name()).isEqualTo("Pip");
    assertThat(fleet.ships().getLast().masts()).isEqualTo(2);
    Fleet.Harbour harbour = Objects.requireNonNull(fleet.harbours().get("big-one"));
    assertThat(harbour.places()).isEqualTo(77);
    assertThat(harbour.cranes()).containsExactly("x", "y");
    assertThat(fleet().toml(toml).set("ships.2.name=Z").faults())
        .containsExactly("--set ships.2.name settings.unknown_key ");
    assertThat(fleet().toml(toml).env("SHIPS", "x").report())
        .contains(
            "environment variable SHIPS: ships: <secret> (expected: tables in a settings file)"
                + " [settings.wrong_type]");
  }

  @Test
  void variableThatTwoTablesWouldHaveSetsNeither() {
    Harbourmaster fleet =
        fleet()
            .toml("harbours.a-b.address = \"tcp://a:1\"\nharbours.a_b.address = \"tcp://b:1\"")
            .env("HARBOURS_A_B_PLACES", "9");

    assertThat(fleet.report())
        .contains(
            "environment variable HARBOURS_A_B_PLACES: harbours.a-b.places: another setting would"
                + " have this variable, too, so it sets neither [settings.ambiguous_variable]");
  }

  @Test
  void defaultsOfProfilesHoldInElements() {
    Fleet fleet =
        fleet()
            .toml("profile = \"production\"\n[[ships]]\nname = \"A\"")
            .env("SEAL", "not-known")
            .load();

    assertThat(fleet.ships().getFirst().sails()).isEqualTo(2);
    assertThat(fleet.patience()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void rulesOfElementsCiteThePlacesInTheElement() {
    assertThat(
            fleet()
                .toml(
                    """
                    [[ships]]
                    name = "A"
                    [[ships]]
                    name = "B"
                    masts = 1
                    sails = 4
                    captain = { age = 12 }
                    """)
                .report())
        .contains(
            """
            config.toml:6:9: ships.1.sails: 4 (expected: at most three for each mast)\
             [settings.rule]
              6 | sails = 4
                |         ^
              with: ships.1.masts = 1 (config.toml:5:9)
              fix: change ships.1.sails or ships.1.masts
            """)
        .contains(
            "config.toml:7:19: ships.1.captain.age: 12 (expected: 18 or more unless it is Pip)",
            "with: ships.1.captain.name = Nemo (default)");
  }

  @Test
  void rulesMayNameTheListItself() {
    String ship = "[[ships]]\nname = \"A\"\n";

    assertThat(fleet().toml(ship.repeat(4)).report())
        .contains("config.toml:1:1: ships: 4 tables (expected: any number but four)");
    assertThat(fleet().toml(ship.repeat(6)).report())
        .contains("config.toml:1:1: ships: 6 tables (expected: at most 5 elements, not 6)")
        .contains("1 problem");
    assertThat(fleet().toml(ship.repeat(3) + "[[ships]]\nname = \"a\"").faults())
        .containsExactly("config.toml:8:8 settings.constraint ships.3.name");
  }

  @Test
  void missingSettingOfAnElementIsReportedAtItsTable() {
    assertThat(fleet().toml("[[ships]]\nname = \"A\"\n\n[[ships]]\nmasts = 1").report())
        .contains(
            "config.toml:4:1: ships.1.name: not set, and without default in profile development"
                + " (expected: text, matches [A-Z][a-z]*) [settings.missing]",
            "  4 | [[ships]]",
            "fix: set name in its table, or the environment variable SHIPS_1_NAME");
    assertThat(fleet().toml("harbours = { a = { places = 1 } }").faults())
        .containsExactly("config.toml:1:14 settings.missing harbours.a.address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ships = 3 | config.toml:1:9: ships: integer (expected: tables: [[ships]] for each of"
            + " them)",
        "[ships] | config.toml:1:1: ships: table (expected: tables: [[ships]] for each of them)",
        "ships = [1] | config.toml:1:10: ships.0: integer (expected: a table)"
            + " [settings.not_a_table]",
        "[[harbours]] | harbours: array (expected: tables by name: [harbours.NAME] for each of"
            + " them)",
        "harbours.a = 1 | config.toml:1:14: harbours.a: integer (expected: a table)",
        "[ships.captain] | config.toml:1:2: ships: table (expected: tables: [[ships]] for each",
        "ships = [{ name = \"A\", cargo = {} }] | ships.0.cargo: table (expected: tables:"
            + " [[ships.cargo]] for each of them)",
        "ships = [{ name = \"A\", cargo = [1] }] | fix: write [[ships.cargo]] and its keys below",
        "ships = [{ name = \"A\", captain = 1 }] | fix: write [ships.captain] and its keys below",
        "[[ships]]\\nnam = \"A\" | fix: did you mean ships.0.name?",
        "storage = [] | config.toml:1:11: storage: array (expected: a table)",
        "ships = [{ name = \"A\", captain = 1 }] | ships.0.captain: integer (expected: a table)",
      })
  void wrongShapesAreRefusedWithTheRightOne(String toml, String expected) {
    assertThat(fleet().toml(toml.replace("\\n", "\n")).report())
        .contains(expected)
        .contains("1 problem ");
  }

  @Test
  void everyLeafHasItsDefinitions() {
    var loaded =
        fleet()
            .toml("[harbours.a]\naddress = \"tcp://a:1\"\nplaces = 1")
            .override("[harbours.a]\nplaces = 2")
            .env("HARBOURS_A_PLACES", "3")
            .check();

    Key key = Objects.requireNonNull(loaded.provenance().find("harbours.a.places"));
    List<Definition> definitions = loaded.provenance().definitions(key);
    assertThat(definitions)
        .extracting(one -> fleet().plain(one.shown() + " " + one.place()))
        .containsExactly(
            "3 environment variable HARBOURS_A_PLACES",
            "2 override.toml:2:10",
            "1 config.toml:3:10",
            "2 default");
    assertThat(loaded.provenance().find("HARBOURS_A_PLACES")).isSameAs(key);
    assertThat(loaded.provenance().keys()).extracting(Key::path).contains("harbours.a.address");
  }

  @Test
  void suggestsTheNearestKeyOfTheElement() {
    assertThat(fleet().toml("[[ships]]\nname = \"A\"\ncaptian = {}").report())
        .contains("ships.0.captian: there is no such table", "did you mean ships.0.captain?");
    assertThat(fleet().toml("[[ships]]\nname = \"A\"").set("ships.0.nam=B").report())
        .contains("did you mean ships.0.name?");
  }
}
