package dev.quarterdeck.settings.dotenv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.toml.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
  private static DotEnvResult parse(String text) {
    return DotEnv.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsShellExportsAsTheyStand() {
    DotEnvResult result =
        parse(
            """
            # .env or shell exports
            export API_MAX_WORKERS=8
            export BITBUCKET_MAX_WORKERS=8
            export BITBUCKET_POOL_MAXSIZE=32
            export BITBUCKET_TIMEOUT=2
            export BITBUCKET_TOKEN=your_bitbucket_token
            export BITBUCKET_WORKSPACE=lla-dev
            export BITBUCKET_REPO=copado_lla
            export SELF_BASE_URL=http://127.0.0.1:5000
            """);
    assertThat(result.errors()).isEmpty();
    assertThat(result.entries())
        .extracting(e -> e.name() + " " + e.value())
        .containsExactly(
            "API_MAX_WORKERS 8",
            "BITBUCKET_MAX_WORKERS 8",
            "BITBUCKET_POOL_MAXSIZE 32",
            "BITBUCKET_TIMEOUT 2",
            "BITBUCKET_TOKEN your_bitbucket_token",
            "BITBUCKET_WORKSPACE lla-dev",
            "BITBUCKET_REPO copado_lla",
            "SELF_BASE_URL http://127.0.0.1:5000");
  }

  @Test
  void placesNamesAndValues() {
    DotEnvEntry entry = parse("# é\n  export NAME=\"é\nx\" # c\n").entries().getFirst();
    assertThat(entry.nameSpan().start()).isEqualTo(new Position(2, 10, 14));
    assertThat(entry.nameSpan().end()).isEqualTo(new Position(2, 14, 18));
    assertThat(entry.valueSpan().start()).isEqualTo(new Position(2, 15, 19));
    assertThat(entry.valueSpan().end()).isEqualTo(new Position(3, 3, 25));
  }

  @Test
  void citesBothPlacesOfADuplicate() {
    assertThat(parse("A=1\nB=2\n  A=3").errors())
        .extracting(DotEnvError::toString)
        .containsExactly(
            "line 3, column 3: A: given twice, first at line 1, column 1 (remove one of the two)"
                + " [dotenv.duplicate]");
  }

  @Test
  void namesTheVariableAndTheFix() {
    assertThat(parse("A=x # y").errors())
        .extracting(DotEnvError::toString)
        .containsExactly(
            "line 1, column 5: A: # in a value without quotes (put the value in quotes, or the"
                + " comment on a line of its own) [dotenv.needs_quotes]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=%s x",
        "A=%s#",
        "A=$%s",
        "A=%s`",
        "A=\"%s",
        "A='%s",
        "A=\"%s\\q\"",
        "A=\"%s\"x",
        "A=\"x\"%s",
        "A=\"%s$\"",
        "A=\"x\n%s\ny",
        "%s",
        "export %s",
        "A=%s\u0007",
        "A=1\nA=%s",
        "A= %s",
        "A =%s",
        "A='\n%s'",
        "A=\"x\"\n%s\"",
        "A=\\%s",
        "x-y=%s",
        "+%s=",
        "%s: x",
        "A=\"%s\u0000\""
      })
  void showsNoPartOfAValue(String form) {
    String secret = "hunter2correcthorse";
    DotEnvResult result = parse(form.formatted(secret) + "\nB=2\n");
    assertThat(result.errors()).isNotEmpty();
    String shown = result.toString();
    for (int i = 0; i + 6 <= secret.length(); i++) {
      assertThat(shown).doesNotContain(secret.substring(i, i + 6));
    }
  }

  @Test
  void throwsNothingWhateverTheInput() {
    Random random = new Random(7);
    byte[] alphabet = "AB_=\"'\\$`# \t\r\n1é\u0000xexport".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            random.nextInt(20) == 0
                ? (byte) random.nextInt()
                : alphabet[random.nextInt(alphabet.length)];
      }
      DotEnvResult result = DotEnv.parse(bytes);
      List<String> names = result.entries().stream().map(DotEnvEntry::name).toList();
      assertThat(names).doesNotHaveDuplicates();
      result.errors().forEach(e -> assertThat(e.span().end().offset()).isBetween(0, bytes.length));
    }
  }

  @Test
  void stopsAfterAThousandFaultsAndSaysSo() {
    DotEnvResult result = parse("x\n".repeat(5000));
    assertThat(result.errors()).hasSize(1001);
    assertThat(result.errors().getLast().code()).isEqualTo(DotEnvCodes.TOO_MANY_ERRORS);
    assertThat(result.errors().getLast().span().start().line()).isEqualTo(1001);
  }

  @Test
  void readsManyLinesAndLongValues() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("NAME_").append(i).append("=value\n");
    }
    text.append("LONG=\"").append("line\\n\n".repeat(200_000)).append('"');
    DotEnvResult result = parse(text.toString());
    assertThat(result.errors()).isEmpty();
    assertThat(result.entries()).hasSize(100_001);
    assertThat(result.entries().getLast().value()).hasSize(1_200_000);
  }
}
