package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguagesTest {
  private SandboxFixture fixture;

  @BeforeAll
  void open(@TempDir Path directory) {
    fixture =
        new SandboxFixture(
            LocalSandboxSettings.of(directory.resolve("w"), "L2", 4).withMemoryBytes(1L << 30));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  Stream<Language> active() {
    return fixture.sandbox.languages().stream().filter(Language::active);
  }

  @ParameterizedTest
  @MethodSource("active")
  void runsItsExampleWithNoMoreThanItsFloor(Language language) throws SandboxException {
    LanguageDefinition definition =
        Languages.definitions().stream()
            .filter(d -> d.name().equals(language.name()))
            .findFirst()
            .orElseThrow();
    RunLimits limits =
        new RunLimits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            definition.memoryFloor(),
            2000,
            definition.processFloor(),
            64 << 20,
            32 << 20,
            2000,
            1 << 20);
    SandboxFixture.Outcome outcome =
        fixture.run(SandboxFixture.order(language.name(), language.example(), limits));
    assertThat(outcome.result().verdict())
        .as(outcome.result() + outcome.stderr())
        .isEqualTo(Verdict.COMPLETED);
    assertThat(outcome.stdout()).isNotBlank();
    assertThat(outcome.stderr()).isEmpty();
    assertThat(language.versions()).singleElement().asString().matches("\\d+(\\.\\d+)?");
  }

  @Test
  void knowsManyLanguagesAndSaysWhatProvidesTheRest() {
    assertThat(fixture.sandbox.languages()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(fixture.sandbox.languages())
        .allSatisfy(
            language -> {
              if (!language.active()) {
                assertThat(language.inactiveReason()).startsWith("not installed: apt-get install ");
                assertThat(language.versions()).isEmpty();
              }
            });
  }

  @Test
  void saysThatTheMemoryLimitIsBelowTheFloor() {
    Languages languages = Languages.find(10L << 20);
    assertThat(languages.named("js").orElseThrow().language().inactiveReason())
        .isEqualTo("needs a memory limit of 64Mi, has 10Mi");
  }

  @Test
  void refusesARunBelowTheFloor() {
    RunLimits l = SandboxFixture.LIMITS;
    RunLimits small =
        new RunLimits(
            l.wallTime(), l.cpuTime(), 1 << 20, l.cpuMillis(), 64, 1 << 20, 1 << 20, 10, 10);
    assertThatThrownBy(() -> fixture.run(SandboxFixture.order("python", "", small)))
        .isInstanceOf(SandboxException.class)
        .hasMessage("memory limit: 1048576 bytes (expected: at least 25165824 for python)");
  }

  @Test
  void reportsWhatTheCompilerSays() throws SandboxException {
    SandboxFixture.Outcome outcome = fixture.run("c", "int main(void) { return no_such_name; }");
    assertThat(outcome.result().verdict()).isEqualTo(Verdict.COMPILE_ERROR);
    assertThat(outcome.result().evidence()).isEqualTo("the compiler ended with exit code 1");
    assertThat(outcome.stderr()).contains("no_such_name");
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void namesFileAndPlaceOfAFaultInADefinition() {
    byte[] unknown = "name = \"x\"\ncolour = 1\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> LanguageFile.read("x.toml", unknown))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("x.toml at line 2, column 10: colour: unknown key (expected:");
    byte[] incomplete = "name = 1\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> LanguageFile.read("x.toml", incomplete))
        .hasMessageContaining("name: missing or no string (expected: a string)");
  }
}
