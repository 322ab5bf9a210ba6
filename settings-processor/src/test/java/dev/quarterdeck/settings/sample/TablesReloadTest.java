package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.live.LiveSettings;
import dev.quarterdeck.settings.live.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reloads of settings in the tables of lists and maps.
class TablesReloadTest {
  private static final String SHIPS =
      "[[ships]]\n"
          + "name = \"A\"\n"
          + "[[ships.cargo]]\n"
          + "good = \"tea\"\n"
          + "[harbours.a]\n"
          + "address = \"tcp://a:1\"\n";

  @TempDir Path directory;
  private Path file;
  private Path code;

  @BeforeEach
  void files() throws IOException {
    file = Files.writeString(directory.resolve("config.toml"), SHIPS);
    code = Files.writeString(directory.resolve("a code"), "first");
  }

  private LiveSettings<Fleet> live() {
    return new LiveSettings<>(
        Settings.of(FleetBinder.INSTANCE)
            .toml(file)
            .environment(Map.of("SHIPS_0_CODE_FILE", code.toString())));
  }

  private static String code(LiveSettings<Fleet> live) {
    return live.value().ships().getFirst().code().map(Secret::reveal).orElse("none");
  }

  @Test
  void changeOfATableIsSeenAtAnyDepth() throws IOException {
    try (LiveSettings<Fleet> live = live()) {
      for (String more :
          new String[] {
            "places = 7\n",
            "[harbours.b]\naddress = \"tcp://a:1\"\n",
            "[[ships]]\nname = \"B\"\n",
            "[[copies]]\ntype = \"local\"\n",
            "[[copies]]\ntype = \"local\"\nlimit = 7\n"
          }) {
        Files.writeString(file, SHIPS + more);
        assertThat(live.reload()).as(more).isInstanceOf(Reload.Swapped.class);
        Files.writeString(file, "# the same\n" + SHIPS + more);
        assertThat(live.reload()).as(more).isInstanceOf(Reload.Unchanged.class);
      }
      Files.writeString(file, SHIPS.replace("tea", "rum"));
      assertThat(live.reload()).isInstanceOf(Reload.Swapped.class);
      assertThat(live.value().ships().getFirst().cargo().getFirst().good()).isEqualTo("rum");
    }
  }

  @Test
  void otherSecretInATableIsAChange() throws IOException {
    try (LiveSettings<Fleet> live = live()) {
      assertThat(code(live)).isEqualTo("first");
      Files.writeString(code, "second");

      Reload<Fleet> reload = live.reload();

      assertThat(reload).isInstanceOf(Reload.Swapped.class);
      assertThat(reload.toString()).doesNotContain("first", "second");
      assertThat(code(live)).isEqualTo("second");
    }
  }

  @Test
  void fileThatHoldsASecretOfATableIsWatched() throws Exception {
    BlockingQueue<Reload<Fleet>> told = new LinkedBlockingQueue<>();
    try (LiveSettings<Fleet> live = live()) {
      live.onReload(told::add);
      live.watch(Duration.ofMillis(20), Duration.ofDays(1));
      for (String next : new String[] {"second", "third"}) {
        Files.writeString(code, next);
        while (!code(live).equals(next)) {
          assertThat(told.poll(60, TimeUnit.SECONDS)).as("a reload to " + next).isNotNull();
        }
      }
    }
  }
}
