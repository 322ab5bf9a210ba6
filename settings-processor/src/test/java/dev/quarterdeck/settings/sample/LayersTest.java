package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayersTest {
  @Test
  void environmentOverridesDefaultAndArgumentsOverrideEnvironment() {
    var loaded =
        Settings.of(SampleBinder.INSTANCE)
            .environment(Map.of("PAGE_SIZE", "20", "KAFKA_MAX_POLL_RECORDS", "7"))
            .arguments(List.of("page_size=30"))
            .load();

    assertThat(loaded.value().pages().pageSize()).isEqualTo(30);
    assertThat(loaded.value().kafka().maxPollRecords()).isEqualTo(7);
  }
}
