package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.render.Difference;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Examples;
import dev.quarterdeck.settings.render.Explain;
import dev.quarterdeck.settings.render.JsonSchema;
import dev.quarterdeck.settings.render.Reference;
import dev.quarterdeck.settings.render.Show;
import dev.quarterdeck.settings.render.Side;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.Toml;
import dev.quarterdeck.settings.toml.TomlResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What commands print of lists, maps, variants and changed names.
class TablesRenderTest {
  private static final Schema SCHEMA = FleetBinder.INSTANCE.schema();
  private static final String FULL =
      """
      timeout = 7
      [[ships]]
      name = "Pequod"
      masts = 4
      cargo = [{ good = "oil", amount = 7 }, { good = "bread" }]
      [ships.captain]
      name = "Ahab"
      [[ships]]
      name = "Nautilus"
      [harbours.north]
      address = "tcp://north:1"
      cranes = ["a", "b"]
      [harbours."far away"]
      address = "tcp://far:1"
      [storage]
      type = "far-away"
      url = "tcp://store:1"
      [storage.retry]
      times = 5
      [[copies]]
      type = "local"
      """;

  @TempDir Path directory;

  private Harbourmaster fleet() {
    return new Harbourmaster(directory);
  }

  private static List<String> complaints(String toml) {
    TomlResult result = Toml.parse(toml.getBytes(StandardCharsets.UTF_8));
    assertThat(result.errors()).isEmpty();
    return new EditorSchema(JsonSchema.write(SCHEMA, "Fleet")).complaints(result.root());
  }

  @Test
  void effectiveFileLoadsToAnEqualRecord() {
    Harbourmaster fleet =
        fleet().toml(FULL).env("SHIPS_0_CODE", "abc").env("STORAGE_TOKEN", "t").env("KEY", "k");
    Checkup<Fleet> first = fleet.check();

    String written = EffectiveToml.write(first.provenance());

    assertThat(written)
        .contains("# ships.0.code: set SHIPS_0_CODE or SHIPS_0_CODE_FILE in the environment")
        .contains("# storage.token: set STORAGE_TOKEN")
        .contains("[[ships]]", "[[ships.cargo]]", "[harbours.\"far away\"]", "type = \"far-away\"")
        .doesNotContain("abc");
    assertThat(
            fleet()
                .toml(written)
                .env("SHIPS_0_CODE", "abc")
                .env("STORAGE_TOKEN", "t")
                .env("KEY", "k")
                .load())
        .isEqualTo(first.loaded().orElseThrow().value());
  }

  @Test
  void showHasALineForEachSettingOfATableAndNoneForOtherVariants() {
    String shown = Show.text(fleet().toml(FULL).env("SHIPS_0_CODE", "abc").check().provenance());

    assertThat(shown.lines().map(line -> fleet().plain(line.replaceAll(" +", " "))))
        .contains(
            "patience 7s config.toml:1:11",
            "ships.0.name Pequod config.toml:3:8",
            "ships.0.code <secret> environment variable SHIPS_0_CODE",
            "ships.0.cargo.1.amount 1 default",
            "ships.1.captain.name Nemo default",
            "harbours.\"far away\".places 2 default",
            "storage.type far-away config.toml:16:8",
            "copies.0.directory log default")
        .doesNotContain("storage.directory log default")
        .noneMatch(line -> line.startsWith("copies.0.url"));
    assertThat(Show.text(fleet().check().provenance()).replaceAll(" +", " "))
        .contains("ships none not set", "harbours none not set");
  }

  @Test
  void explainTellsOfElementsVariantsAndOldNames() {
    var provenance =
        fleet().toml(FULL).override("[harbours.north]\nplaces = 9").check().provenance();

    assertThat(
            fleet()
                .plain(
                    Explain.text(
                        provenance,
                        Objects.requireNonNull(provenance.find("harbours.north.places")))))
        .isEqualTo(
            """
            harbours.north.places (HARBOURS_NORTH_PLACES)
              Places at its pier.
              Type: integer

              *  override file  9  override.toml:2:10
                 code default   2  default
            """);
    assertThat(Explain.text(provenance, Objects.requireNonNull(provenance.find("timeout"))))
        .contains("patience (PATIENCE)", "Formerly timeout, old.harbour.timeout.");
    assertThat(Explain.text(provenance, Objects.requireNonNull(provenance.find("horn"))))
        .contains("Deprecated: Nobody listens; use signals instead.");
    assertThat(
            Explain.text(provenance, Objects.requireNonNull(provenance.find("storage.directory"))))
        .contains("Only with type = local.", "Not in force: another variant is chosen.");
  }

  @Test
  void differenceNamesSingleSettingsOfTables() {
    var a = fleet().toml(FULL).env("SHIPS_0_CODE", "abc").check().provenance();
    var b =
        fleet()
            .toml(FULL.replace("masts = 4", "masts = 5"))
            .override("[harbours.south]\naddress = \"tcp://s:1\"")
            .env("SHIPS_0_CODE", "other")
            .check()
            .provenance();

    String text = new Difference(Side.of("A", a), Side.of("B", b)).text(false);
    assertThat(text.replaceAll(" +", " "))
        .contains("ships.0.masts 4 5", "ships.0.code <secret> <secret>", "harbours 2 tables 3")
        .contains("harbours.south.address - tcp://s:1")
        .doesNotContain("ships.1", "abc", "other");
    assertThat(new Difference(Side.of("A", a), Side.of("B", a)).any()).isFalse();
  }

  @Test
  void referenceDescribesElementsVariantsAndChangedNames() {
    assertThat(Reference.markdown(SCHEMA))
        .contains(
            "| `ships` | `SHIPS_0_…` | list of tables, at most 5 elements | none | The ships. |",
            "## `[[ships]]`",
            "| `masts` | `SHIPS_0_MASTS` | integer, at least 1 | `3` | Greatest number of masts. |",
            "## `[ships.captain]`",
            "## `[[ships.cargo]]`",
            "| `good` | `SHIPS_0_CARGO_0_GOOD` | text | required | What it is. |",
            "## `[harbours.NAME]`",
            "| `places` | `HARBOURS_NAME_PLACES` |",
            "| `type` | `STORAGE_TYPE` | local or far-away | `local` | Says where it is kept. |",
            "| The directory. Only with type = local. |",
            "Deprecated: Nobody listens; use signals instead.",
            "| `old.harbour.timeout` | `OLD_HARBOUR_TIMEOUT` | `patience` |",
            "| `colour` | `COLOUR` | Nothing is coloured since version 2. |");
  }

  @Test
  void schemaForEditorsTakesGoodFilesAndFindsWhatIsWrong() {
    assertThat(complaints(FULL)).isEmpty();
    assertThat(complaints("TIMEOUT = 1\n[old.harbour]\ntimeout = 3")).isEmpty();
    assertThat(complaints("ships = [{ name = \"a\" }]")).containsExactly(".ships.0.name: pattern");
    assertThat(complaints("ships = [{ nam = \"A\" }]"))
        .containsExactly(".ships.0.nam: additionalProperties");
    assertThat(complaints("ships = [{ code = \"A\" }]"))
        .containsExactly(".ships.0.code: additionalProperties");
    assertThat(complaints("[harbours.a]\nplaces = \"x\""))
        .containsExactly(".harbours.a.places: type");
    assertThat(complaints("ships = [{}, {}, {}, {}, {}, {}]")).containsExactly(".ships: maxItems");
    assertThat(complaints("[storage]\ntype = \"far-away\"\ndirectory = \"x\""))
        .containsExactly(".storage: oneOf");
    assertThat(complaints("[storage]\ndirectory = \"x\"")).isEmpty();
    assertThat(complaints("copies = [{ directory = \"x\" }]")).containsExactly(".copies.0: oneOf");
    assertThat(complaints("colour = 1")).containsExactly(".colour: additionalProperties");
  }

  @Test
  void schemaOffersTheKeysOfElementsAndVariants() {
    EditorSchema schema = new EditorSchema(JsonSchema.write(SCHEMA, "Fleet"));

    assertThat(schema.offers("properties", "ships", "items"))
        .containsExactlyInAnyOrder("name", "masts", "sails", "cargo", "captain", "cloths");
    assertThat(schema.offers("properties", "harbours", "additionalProperties"))
        .containsExactly("address", "places", "cranes");
    assertThat(schema.offers("properties", "storage"))
        .containsExactlyInAnyOrder("type", "directory", "limit", "url", "retry");
  }

  @Test
  void examplesNameEverySettingAndAreValidWithoutTheirCommentMarks() {
    String dotenv = Examples.dotenv(SCHEMA);
    assertThat(dotenv)
        .contains("# SHIPS_0_NAME=\n", "# SHIPS_0_CARGO_0_AMOUNT=1\n", "# HARBOURS_NAME_PLACES=2\n")
        .contains("# Only with type = local.\n# STORAGE_DIRECTORY=log\n");

    String toml = Examples.toml(SCHEMA);
    assertThat(toml)
        .contains("# [[ships]]\n", "# [[ships.cargo]]\n", "# [harbours.NAME]\n")
        .contains("# # Greatest number of masts. (integer, at least 1)\n# masts = 3\n");
    String bare = toml.replaceAll("(?m)^# ([\\[a-z_]+( = .*|\\.?[A-Za-z_.]*]+)$)", "$1");
    assertThat(bare).contains("\n[[ships]]\n", "\nmasts = 3\n");
    assertThat(Toml.parse(bare.getBytes(StandardCharsets.UTF_8)).errors()).isEmpty();
  }
}
