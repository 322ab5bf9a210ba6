package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.FlatValue;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.render.Difference;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Explain;
import dev.quarterdeck.settings.render.FaultsJson;
import dev.quarterdeck.settings.render.Show;
import dev.quarterdeck.settings.render.Side;
import dev.quarterdeck.settings.schema.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No byte of a secret in a list, map or variant shows anywhere.
class TablesSecretsTest {
  private static final String CANARY = "kX9vQ2mZ7pL4wT8s";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[ships]]\nname = \"A\"\ncode = \"%s\"",
        "ships = [{ name = \"A\", code = \"%s\" }]",
        "ships = [\n  { name = \"a\", code = \"%s\" },\n]",
        "ships = [\n  { name = \"A\", code = \"%s\", mast = 1 },\n]",
        "ships = [\n  {\n    name = \"a\",\n    code = \"%s\",\n    masts = \"x\" },\n]",
        "ships = [\"%s\"]",
        "ships = \"%s\"",
        "[ships]\ncode = \"%s\"",
        "[[ships]]\nname = \"A\"\ncode = [\"%s\"]",
        "[[ships]]\nname = \"A\"\ncode = { x = \"%s\" }",
        "[[ships]]\nname = \"A\"\ncoode = \"%s\"",
        "[[ships]]\nname = \"A\"\ncode = \"%s",
        "[[ships]]\nname = \"A\"\ncode = %s",
        "[[ships]]\nname = \"A\"\n[ships.code]\n%s = 1",
        "[storage]\ntype = \"local\"\ntoken = \"%s\"",
        "[storage]\ntype = \"x\"\ntoken = \"%s\"",
        "storage = { type = \"far-away\", url = 1, token = \"%s\" }",
        "[storage]\ntype = \"far-away\"\nurl = \"tcp://u:%s@host\"",
        "[harbours.a]\naddress = \"tcp://u:%s@host\"",
        "harbours = { a = { address = \"tcp://u:%s@host\", places = \"x\" } }",
        "password = \"%s\"",
        "old.harbour.timeout = 1\npassword = [\"%s\"]",
      })
  void secretsOfFilesStayHidden(String toml) {
    for (String over :
        new String[] {"", "[[ships]]\nname = \"B\"", "[harbours.a]\nplaces = \"\""}) {
      search(
          new Harbourmaster(directory)
              .toml(toml.formatted(CANARY))
              .override(over)
              .env("SHIPS_0_CODE", CANARY)
              .env("SHIPS_0_MASTS", "x")
              .check());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHIPS_0_CODE", "STORAGE_TOKEN", "COPIES_0_TOKEN", "PASSWORD", "SEAL"})
  void secretsOfTheEnvironmentStayHidden(String variable) {
    for (String value : new String[] {CANARY, CANARY + "\u0000", CANARY + "\nx"}) {
      search(
          new Harbourmaster(directory)
              .toml("copies = [{ type = \"local\" }]\n[[ships]]\nname = \"A\"")
              .dotenv(variable + "=\"" + CANARY + "2\"\n")
              .env(variable, value)
              .set(variable + "=" + CANARY)
              .check());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHIPS_0_CODE", "STORAGE_TOKEN", "COPIES_0_TOKEN", "HARBOURS_A_ADDRESS"})
  void secretsOfValueFilesStayHidden(String variable) throws IOException {
    String url = "tcp://u:" + CANARY + "@host";
    List<String> contents =
        variable.equals("HARBOURS_A_ADDRESS")
            ? List.of(url, url.repeat(9000))
            : List.of(CANARY, CANARY + "\n" + CANARY, url, url.repeat(9000));
    for (String content : contents) {
      Path file = Files.writeString(directory.resolve("value"), content);
      for (String named : new String[] {file.toString(), CANARY, directory + "/" + CANARY}) {
        for (String type : new String[] {"local", "far-away\"\nurl = \"tcp://a:1"}) {
          String toml =
              """
              [storage]
              type = "%1$s"
              [[copies]]
              type = "%1$s"
              [[ships]]
              name = "A"
              [harbours.a]
              address = "tcp://a:1"
              """
                  .formatted(type);
          search(new Harbourmaster(directory).toml(toml).env(variable + "_FILE", named).check());
        }
      }
    }
  }

  private static void search(Checkup<Fleet> checkup) {
    StringBuilder all = new StringBuilder(checkup.report());
    all.append(checkup).append(FaultsJson.write(checkup));
    all.append(Show.text(checkup.provenance())).append(Show.json(checkup.provenance()));
    all.append(EffectiveToml.write(checkup.provenance()));
    for (Key key : checkup.provenance().keys()) {
      all.append(Explain.text(checkup.provenance(), key));
      all.append(Explain.json(checkup.provenance(), key));
      all.append(checkup.provenance().definitions(key)).append(checkup.provenance().winner(key));
    }
    Checkup<Fleet> other = Settings.of(FleetBinder.INSTANCE).check();
    for (Difference difference :
        List.of(
            new Difference(Side.of("a", checkup.provenance()), Side.of("b", other.provenance())),
            new Difference(Side.of("b", other.provenance()), Side.of("a", checkup.provenance())))) {
      all.append(difference.text(false)).append(difference.json());
    }
    checkup
        .loaded()
        .ifPresent(
            loaded -> {
              all.append(loaded).append(FlatValue.all(loaded, true));
              FlatValue.all(loaded, false).values().forEach(one -> all.append(one.value()));
            });
    for (int i = 0; i + 6 <= CANARY.length(); i++) {
      assertThat(all.toString()).doesNotContain(CANARY.substring(i, i + 6));
    }
  }
}
