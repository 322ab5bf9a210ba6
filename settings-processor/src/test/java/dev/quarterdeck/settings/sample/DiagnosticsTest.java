package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.FaultCode;
import dev.quarterdeck.settings.dotenv.DotEnvCodes;
import dev.quarterdeck.settings.render.FaultsJson;
import dev.quarterdeck.settings.sample.DiagnosticsPage.Section;
import dev.quarterdeck.settings.toml.TomlCodes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page of all codes says what is true.
class DiagnosticsTest {
  @TempDir Path directory;

  static List<Section> sections() {
    return DiagnosticsPage.sections();
  }

  @Test
  void pageListsEveryCodeOnceAndNoOther() throws IllegalAccessException {
    Set<String> codes = new TreeSet<>();
    for (FaultCode one : FaultCode.values()) {
      codes.add(one.code());
    }
    for (Class<?> constants : List.of(TomlCodes.class, DotEnvCodes.class)) {
      for (Field field : constants.getDeclaredFields()) {
        if (Modifier.isPublic(field.getModifiers())) {
          codes.add(String.valueOf(field.get(null)));
        }
      }
    }

    assertThat(codes).hasSizeGreaterThan(50);
    assertThat(sections()).extracting(Section::code).containsExactlyInAnyOrderElementsOf(codes);
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyExampleIsWhatTheEngineSays(Section section) {
    assertThat(section.report()).contains("[" + section.code() + "]");
    assertThat("\n" + section.produced(directory) + "\n").contains("\n" + section.report() + "\n");
  }

  @Test
  void reportForProgramsHasTheSameFaultsAndWarnings() {
    var checkup =
        new Harbourmaster(directory)
            .toml("horn = 11\ntimeout = 7\nstorage.type = \"x\"\n[[ships]]\nmasts = 0")
            .check();

    String json = FaultsJson.write(checkup);

    assertThat(json.lines().filter(line -> line.contains("\"code\": ")).map(String::strip))
        .containsExactly(
            "\"code\": \"settings.constraint\",",
            "\"code\": \"settings.unknown_variant\",",
            "\"code\": \"settings.missing\",",
            "\"code\": \"settings.constraint\",",
            "\"code\": \"settings.deprecated\",",
            "\"code\": \"settings.relocated\",");
    assertThat(json).contains("\"key\": \"ships.0.name\"", "\"line\": 4", "\"kind\": \"file\"");
  }
}
