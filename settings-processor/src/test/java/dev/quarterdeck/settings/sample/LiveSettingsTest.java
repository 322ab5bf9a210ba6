package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.SettingsException;
import dev.quarterdeck.settings.live.LiveSettings;
import dev.quarterdeck.settings.live.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reloads that the test asks for itself.
class LiveSettingsTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void firstFile() throws IOException {
    file = Files.writeString(directory.resolve("config.toml"), "page_size = 11\n");
  }

  private LiveSettings<Sample> live() {
    return new LiveSettings<>(
        Settings.of(SampleBinder.INSTANCE)
            .toml(file)
            .dotenvIfPresent(directory.resolve(".env"))
            .environment(Map.of("SECRET_KEY_FILE", directory.resolve("key").toString())));
  }

  private void key(String value) throws IOException {
    Files.writeString(directory.resolve("key"), value);
  }

  @Test
  void validChangeSwapsTheWholeRecordAndTellsWhatWasBefore() throws IOException {
    key(Fixture.KEY);
    List<Reload<Sample>> told = new ArrayList<>();
    try (LiveSettings<Sample> live = live()) {
      live.onReload(told::add);
      Sample before = live.value();
      Files.writeString(file, "page_size = 12\nmax_page_size = 50\n");

      Reload<Sample> reload = live.reload();

      assertThat(live.value().pages()).isEqualTo(new Sample.Pages(12, 50));
      assertThat(before.pages()).isEqualTo(new Sample.Pages(11, 100));
      assertThat(told).containsExactly(reload);
      assertThat(((Reload.Swapped<Sample>) reload).before().value()).isSameAs(before);
    }
  }

  @Test
  void invalidChangeKeepsTheOldRecordAndReportsEverything() throws IOException {
    key(Fixture.KEY);
    List<Reload<Sample>> told = new ArrayList<>();
    try (LiveSettings<Sample> live = live()) {
      live.onReload(told::add);
      Loaded<Sample> before = live.loaded();
      Files.writeString(file, "page_size = 0\npage_sise = 1\n");

      Reload.Refused<Sample> refused = (Reload.Refused<Sample>) live.reload();

      assertThat(live.loaded()).isSameAs(before).isSameAs(refused.kept());
      assertThat(refused.refused().report())
          .contains("2 problems", "config.toml:1:13: page_size: 0", "did you mean page_size?");
      assertThat(told).containsExactly(refused);

      Files.delete(file);
      assertThat(((Reload.Refused<Sample>) live.reload()).refused().report())
          .contains("config.toml: there is no such file");
      assertThat(live.loaded()).isSameAs(before);

      Files.writeString(file, "page_size = 13\n");
      assertThat(live.reload()).isInstanceOf(Reload.Swapped.class);
      assertThat(live.value().pages().pageSize()).isEqualTo(13);
    }
  }

  @Test
  void sameValuesInOtherWordsAreNoChange() throws IOException {
    key(Fixture.KEY);
    try (LiveSettings<Sample> live = live()) {
      live.onReload(
          reload -> {
            throw new AssertionError("nothing changed: " + reload);
          });
      Sample before = live.value();
      Files.writeString(file, "# the same\nPAGE_SIZE = 0x0b\n");

      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.value()).isSameAs(before);
    }
  }

  @Test
  void fileThatNeedNotExistMayComeAndGo() throws IOException {
    key(Fixture.KEY);
    Path dotenv = directory.resolve(".env");
    try (LiveSettings<Sample> live = live()) {
      Files.writeString(dotenv, "PAGE_SIZE=20\n");
      live.reload();
      assertThat(live.value().pages().pageSize()).isEqualTo(20);

      Files.delete(dotenv);
      live.reload();
      assertThat(live.value().pages().pageSize()).isEqualTo(11);
    }
  }

  @Test
  void secretOfAFileIsTakenAnew() throws IOException {
    key(Fixture.KEY);
    try (LiveSettings<Sample> live = live()) {
      key(Fixture.KEY + "-rotated");
      Reload<Sample> reload = live.reload();

      assertThat(live.value().secretKey().reveal()).isEqualTo(Fixture.KEY + "-rotated");
      assertThat(reload.toString()).doesNotContain("rotated");
    }
  }

  @Test
  void firstLoadMustSucceed() throws IOException {
    key("short");

    assertThatThrownBy(this::live).isInstanceOf(SettingsException.class);
  }

  @Test
  void listenerThatThrowsHidesNothingFromTheOthers() throws IOException {
    key(Fixture.KEY);
    List<Reload<Sample>> told = new ArrayList<>();
    try (LiveSettings<Sample> live = live()) {
      live.onReload(
          reload -> {
            throw new IllegalStateException("first");
          });
      live.onReload(told::add);
      Files.writeString(file, "page_size = 12\n");

      assertThatThrownBy(live::reload).hasMessage("first");
      assertThat(told).hasSize(1);
      assertThat(live.value().pages().pageSize()).isEqualTo(12);
    }
  }

  @Test
  void readersNeverSeeTwoLoadsMixed() throws Exception {
    key(Fixture.KEY);
    Files.writeString(file, "page_size = 1\nmax_page_size = 101\n");
    try (LiveSettings<Sample> live = live()) {
      AtomicBoolean done = new AtomicBoolean();
      AtomicBoolean mixed = new AtomicBoolean();
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!done.get()) {
                      Sample.Pages pages = live.value().pages();
                      if (pages.maxPageSize() != 100 + pages.pageSize()) {
                        mixed.set(true);
                      }
                    }
                  });
      for (int i = 2; i <= 100; i++) {
        Path next = directory.resolve("next.toml");
        Files.writeString(next, "page_size = %d\nmax_page_size = %d\n".formatted(i, 100 + i));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(live.reload()).isInstanceOf(Reload.Swapped.class);
      }
      done.set(true);
      reader.join();

      assertThat(mixed).isFalse();
      assertThat(live.value().pages().pageSize()).isEqualTo(100);
    }
  }
}
