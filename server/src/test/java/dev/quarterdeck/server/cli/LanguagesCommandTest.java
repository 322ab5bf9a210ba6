package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LanguagesCommandTest {
  @Test
  void listsWhatCanRunAndWhatTheOthersLack() {
    Outcome outcome = Outcome.of("languages");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text()).containsPattern("(?m)^python +\\d+\\.\\d+ +python3, py$");

    JsonNode all = JsonMapper.shared().readTree(Outcome.of("languages", "--json").text());
    for (JsonNode each : all) {
      assertThat(each.get("versions").isEmpty())
          .as(each.toString())
          .isEqualTo(!each.get("active").asBoolean());
      assertThat(each.get("inactive_reason").isNull()).isEqualTo(each.get("active").asBoolean());
    }
    assertThat(all.size()).isGreaterThan(30);
  }
}
