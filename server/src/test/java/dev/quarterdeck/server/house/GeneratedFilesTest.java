package dev.quarterdeck.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.sandbox.LanguageReference;
import dev.quarterdeck.server.settings.AppSettingsBinder;
import dev.quarterdeck.settings.render.Examples;
import dev.quarterdeck.settings.render.JsonSchema;
import dev.quarterdeck.settings.render.Reference;
import dev.quarterdeck.settings.schema.Schema;
import org.junit.jupiter.api.Test;

/// Files that a command writes from the schema are committed and fresh.
class GeneratedFilesTest {
  private static final Schema SCHEMA = AppSettingsBinder.INSTANCE.schema();

  @Test
  void referenceOfTheSettingsIsFresh() {
    assertFresh("docs/settings.md", Reference.markdown(SCHEMA), "docs");
  }

  @Test
  void jsonSchemaIsFresh() {
    assertFresh(
        "docs/config.schema.json", JsonSchema.write(SCHEMA, "Quarterdeck settings"), "schema");
  }

  @Test
  void exampleOfVariablesIsFresh() {
    assertFresh(".env.example", Examples.dotenv(SCHEMA), "env-example");
  }

  @Test
  void exampleOfTheSettingsFileIsFresh() {
    assertFresh("config.example.toml", Examples.toml(SCHEMA), "toml-example");
  }

  @Test
  void referenceOfTheLanguagesIsFresh() {
    assertThat(Repository.read(Repository.root().resolve("docs/languages.md")))
        .as("docs/languages.md is stale: ./quarterdeck languages --docs > docs/languages.md")
        .isEqualTo(LanguageReference.markdown());
  }

  private static void assertFresh(String file, String content, String command) {
    assertThat(Repository.read(Repository.root().resolve(file)))
        .as("%s is stale: ./quarterdeck config %s > %s", file, command, file)
        .isEqualTo(content);
  }
}
