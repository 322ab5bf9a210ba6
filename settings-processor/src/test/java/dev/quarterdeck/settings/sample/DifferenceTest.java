package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Told;
import dev.quarterdeck.settings.render.Difference;
import dev.quarterdeck.settings.render.Side;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferenceTest {
  private static final Schema SCHEMA = SampleBinder.INSTANCE.schema();

  @TempDir Path directory;

  private Fixture fixture() {
    return new Fixture(directory);
  }

  private static Side side(String name, Checkup<Sample> checkup) {
    return Side.of(name, checkup.provenance());
  }

  private static String text(Difference difference) {
    return difference.text(false).replaceAll(" +", " ");
  }

  @Test
  void tableNamesWhatDiffersWithBothOriginsAndWithoutSecrets() {
    Side a = side("a", fixture().env("MONGO_PASSWORD", "abcdefgh").check());
    Side b = side("b", fixture().env("MONGO_PASSWORD", "ijklmnop").set("page_size=3").check());

    assertThat(text(new Difference(a, b)))
        .isEqualTo(
            """
            setting a b from
            page_size 10 3 default | --set page_size
            mongo.password <secret> <secret> environment variable MONGO_PASSWORD
            """);
    assertThat(new Difference(a, b).any()).isTrue();
    assertThat(new Difference(a, a).any()).isFalse();
    assertThat(new Difference(a, a).text(false)).isEmpty();
  }

  @Test
  void jsonHasBothSidesOfEachDifferenceAndNoSecret() {
    Side a = side("a", fixture().env("MONGO_PASSWORD", "abcdefgh").check());
    Side b = side("b", fixture().toml("page_size = 3").check());

    assertThat(new Difference(a, b).json())
        .contains("\"equal\": false", "\"key\": \"page_size\"", "\"column\": 13")
        .contains("\"shown\": \"<secret>\"", "\"secret\": true")
        .doesNotContain("abcdefgh");
  }

  @Test
  void requiredSettingWithoutValueIsShownAsSuch() {
    Side development = side("development", fixture().check());
    Side production = side("production", fixture().set("profile=production").check());

    assertThat(text(new Difference(development, production)))
        .contains("secret_key <secret> (required)")
        .contains("page_size 10 25 default | default of profile production");
  }

  @Test
  void runningProgramIsComparedByValueAndItsSecretsAreUnknown() {
    Checkup<Sample> load =
        fixture()
            .env("SECRET_KEY", Fixture.KEY)
            .env("MONGODB_URL", "mongodb://u:pa55word@h/d")
            .set("kafka.session_timeout_ms=50s")
            .check();
    Map<String, @Nullable Object> answer = answerOf(load);
    answer.put("KAFKA_SESSION_TIMEOUT_MS", 50000);
    answer.put("TYPES_RATIO", 1);
    answer.put("TYPES_SMALL", "x");
    answer.remove("PAGE_SIZE");
    answer.put("NEWER", true);
    Difference difference =
        new Difference(side("here", load), Side.of("there", Told.of(SCHEMA, answer)));

    assertThat(text(difference))
        .isEqualTo(
            """
            setting here there from
            types.small 1 x default
            types.ratio 0.1 1.0 default
            unknown, since one side does not tell: secret_key, page_size, mongo.password, mongodb_url
            told, and no setting of this version: NEWER
            """);
    assertThat(difference.json()).doesNotContain("pa55word");
  }

  @Test
  void programsThatTellTheSameAreEqual() {
    Side a = Side.of("a", Told.of(SCHEMA, answerOf(fixture().check())));

    assertThat(new Difference(a, a).any()).isFalse();
    assertThat(text(new Difference(a, a)))
        .isEqualTo("unknown, since one side does not tell: secret_key, mongo.password\n");
  }

  @Test
  void whateverAProgramTellsIsComparedAndNeverThrows() {
    Map<String, @Nullable Object> answer = new HashMap<>();
    List<Object> odd = List.of(List.of(List.of()), Map.of("", Map.of()), "\0\ud800", 1e300, -0.0);
    int next = 0;
    for (Key key : SCHEMA.keys()) {
      answer.put(key.variable(), odd.get(next++ % odd.size()));
    }

    Difference difference =
        new Difference(side("here", fixture().check()), Side.of("there", Told.of(SCHEMA, answer)));

    assertThat(difference.any()).isTrue();
    assertThat(difference.text(false)).doesNotContain("\0");
  }

  @Test
  void coloursAreAddedWithoutMovingTheColumns() {
    Side a = side("a", fixture().check());
    Side b = side("b", fixture().set("page_size=3").check());
    Difference difference = new Difference(a, b);

    String coloured = difference.text(true);

    assertThat(coloured).contains("\u001b[31m10\u001b[0m", "\u001b[32m3\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "").replaceAll(" +\n", "\n"))
        .isEqualTo(difference.text(false));
  }

  private static Map<String, @Nullable Object> answerOf(Checkup<Sample> load) {
    Map<String, @Nullable Object> answer = new HashMap<>();
    for (Key key : SCHEMA.keys()) {
      if (!key.secret()) {
        answer.put(key.variable(), load.provenance().plain(key));
      }
    }
    return answer;
  }
}
