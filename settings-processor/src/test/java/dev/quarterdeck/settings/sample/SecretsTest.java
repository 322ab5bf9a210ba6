package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Explain;
import dev.quarterdeck.settings.render.FaultsJson;
import dev.quarterdeck.settings.render.Show;
import dev.quarterdeck.settings.schema.Key;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String CANARY = "Zq9-vX7!kW3/pL5=tR8uM2%yN6@hG4Jd";

  @TempDir Path directory;

  private Fixture fixture() {
    return new Fixture(directory);
  }

  /// Everything that anybody can print of a load.
  private static String everything(Checkup<Sample> checkup) {
    StringBuilder all = new StringBuilder(checkup.report()).append(checkup);
    all.append(FaultsJson.write(checkup)).append(Show.text(checkup.provenance()));
    all.append(Show.json(checkup.provenance())).append(EffectiveToml.write(checkup.provenance()));
    for (Key key : checkup.provenance().schema().keys()) {
      all.append(Explain.text(checkup.provenance(), key));
      all.append(Explain.json(checkup.provenance(), key));
    }
    checkup.loaded().ifPresent(loaded -> all.append(loaded).append(loaded.value().secretKey()));
    return all.toString();
  }

  private static void assertNoTrace(Checkup<Sample> checkup) {
    String all = everything(checkup);
    for (int i = 0; i + 6 <= CANARY.length(); i++) {
      assertThat(all).doesNotContain(CANARY.substring(i, i + 6));
    }
    assertThat(all)
        .doesNotContain(
            Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
            URLEncoder.encode(CANARY, StandardCharsets.UTF_8));
  }

  @Test
  void noOutputShowsASecretWhereverItStandsAndWhateverIsWrong() {
    List<Fixture> modes =
        List.of(
            fixture().env("SECRET_KEY", CANARY),
            fixture().dotenv("SECRET_KEY='" + CANARY + "'"),
            fixture().dotenv("SECRET_KEY=\"" + CANARY),
            fixture().dotenv("SECRET_KEY=" + CANARY + "#x\nSECRET_KEY='" + CANARY + "'"),
            fixture().dotenv("SECRET-KEY='" + CANARY + "'"),
            fixture().dotenv(CANARY),
            fixture().dotenv("TYPES_NOTE=\"a\n" + CANARY + "\" x"),
            fixture().toml("SECRET_KEY = \"" + CANARY + "\""),
            fixture().toml("SECRET_KEY = '''\n" + CANARY + "\n'''"),
            fixture().toml("SECRET_KEY = \"" + CANARY),
            fixture().toml("SECRET_KEY = \"" + CANARY + "\" x"),
            fixture().toml("SECRET_KEY = " + CANARY),
            fixture().toml("SECRET_KEY = \"" + CANARY + "\"\nSECRET_KEY = \"" + CANARY + "\""),
            fixture().toml("SECRT_KEY = \"" + CANARY + "\""),
            fixture().toml("secret_key = { a = \"" + CANARY + "\" }"),
            fixture().toml("secret_key = [\"" + CANARY + "\",\n \"" + CANARY + "\"]"),
            fixture().toml("mongo = { hosst = \"x\", password = \"" + CANARY + "\" }"),
            fixture().toml("mongo = { port = 0, password = \"" + CANARY + "\" }"),
            fixture().toml("[mongo]\npassword = \"" + CANARY + "\""),
            fixture().toml("[mongo]\npassword = \"\"\"\nport = 3" + CANARY + "\"\"\""),
            fixture().toml("[mongo\npassword = \"" + CANARY + "\""),
            fixture().toml("\"" + CANARY + "\n" + CANARY),
            fixture().toml("types.note = 5 # " + CANARY),
            fixture().set("SECRET_KEY=" + CANARY),
            fixture().set("SECRT_KEY=" + CANARY),
            fixture().set("=" + CANARY),
            fixture().set(CANARY.replace("=", "")),
            fixture().env("SECRET_KEY", CANARY).env("SECRET_KEY_FILE", "/nowhere"),
            fixture().env("SECRET_KEY", CANARY.substring(0, 31)),
            fixture().env("SECRET_KEY", CANARY + "\0"),
            fixture().env("SECRET_KEY", CANARY).env("PROFILE", "nonsense").env("PAGE_SIZE", "0"),
            fixture().env("SECRET_KEY_FILE", file("secret", CANARY.substring(0, 30)).toString()),
            fixture().env("MONGO_PASSWORD", CANARY).set("PAGE_SIZE=999"));

    modes.forEach(mode -> assertNoTrace(mode.check()));
  }

  @Test
  void passwordsOfUrlsAreHiddenEverywhere() {
    String url = "mongodb://root:pa55word@db:27017/x";
    for (Fixture fixture :
        List.of(
            fixture().env("MONGODB_URL", url),
            fixture().dotenv("MONGODB_URL=" + url),
            fixture().toml("MONGODB_URL = \"" + url + "\""),
            fixture().toml("MONGODB_URL = \"" + url + "\" x"),
            fixture().toml("MONGODB_URLS = \"" + url + "\""),
            fixture().toml("PROJECT = 1\nmongodb_url = \"" + url + " x\""),
            fixture().env("MONGODB_URL", url + " x"),
            fixture().env("TYPES_TEXT", url),
            fixture().set("MONGODB_URL=" + url),
            fixture().env("MONGODB_URL", url).toml("MONGO_HOST = \"x\""))) {
      assertThat(everything(fixture.check())).doesNotContain("pa55word");
    }
  }

  private Path file(String name, String content) {
    return fixture().file(name, content);
  }

  @Test
  void secretIsReadFromTheFileThatItsVariableNames() {
    Path file = file("key", Fixture.KEY + "\n");

    assertThat(fixture().env("SECRET_KEY_FILE", file.toString()).load().secretKey().reveal())
        .isEqualTo(Fixture.KEY);
    assertThat(fixture().dotenv("SECRET_KEY_FILE=" + file).load().secretKey().reveal())
        .isEqualTo(Fixture.KEY);
  }

  @Test
  void systemdCredentialIsRead() {
    Path file = file("SECRET_KEY", Fixture.KEY);
    String directoryName = String.valueOf(file.getParent());

    assertThat(fixture().env("CREDENTIALS_DIRECTORY", directoryName).load().secretKey().reveal())
        .isEqualTo(Fixture.KEY);
    assertThat(
            fixture()
                .env("CREDENTIALS_DIRECTORY", directoryName)
                .env("SECRET_KEY", Fixture.KEY)
                .check()
                .report())
        .contains("set in the environment, and a systemd credential SECRET_KEY exists");
  }

  @Test
  void secretFilesThatCannotBeUsedAreReported() {
    assertThat(report(directory.resolve("none"))).contains("there is no such file");
    assertThat(report(directory)).contains("this is a directory (expected: a file)");
    assertThat(report(file("large", "x".repeat(65537))))
        .contains("the file has 65537 bytes (expected: at most 64 KiB)");
    assertThat(
            fixture().env("SECRET_KEY", Fixture.KEY).env("SECRET_KEY_FILE", "x").check().report())
        .contains("secret_key: both SECRET_KEY and SECRET_KEY_FILE are set");
  }

  private String report(Path secretFile) {
    Checkup<Sample> checkup = fixture().env("SECRET_KEY_FILE", secretFile.toString()).check();
    assertThat(checkup.faults()).hasSize(1);
    return checkup.report();
  }

  @Test
  void strictProfileRefusesThePublicDefaultAndEnvFilesThatOthersRead() throws Exception {
    Fixture known =
        fixture()
            .env("PROFILE", "production")
            .env("SECRET_KEY", "CHANGE_ME_min_32_chars_long_!!!!");
    assertThat(known.faults())
        .containsExactly("environment variable SECRET_KEY settings.public_secret secret_key");

    Fixture shared = fixture().env("PROFILE", "production").dotenv("SECRET_KEY=" + Fixture.KEY);
    Path file = file(".env", "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(shared.faults()).containsExactly(".env settings.readable_secrets secret_key");
    assertThat(shared.check().report()).contains("fix: chmod 600 " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(shared.check().ok()).isTrue();
  }
}
