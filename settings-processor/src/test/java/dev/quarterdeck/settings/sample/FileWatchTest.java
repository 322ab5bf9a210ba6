package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.live.LiveSettings;
import dev.quarterdeck.settings.live.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reloads that a change of a file sets off. The recheck is off, so only the system's word counts.
class FileWatchTest {
  private static final Duration QUIET = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path directory;
  private final BlockingQueue<Reload<Sample>> told = new LinkedBlockingQueue<>();
  private LiveSettings<Sample> live;

  private void watch(Path file) {
    watch(file, Map.of(), NEVER);
  }

  private void watch(Path file, Map<String, String> environment, Duration recheck) {
    live =
        new LiveSettings<>(
            Settings.of(SampleBinder.INSTANCE).tomlIfPresent(file).environment(environment));
    live.onReload(told::add);
    live.watch(QUIET, recheck);
  }

  @AfterEach
  void close() {
    live.close();
  }

  private void awaitPageSize(int expected) throws InterruptedException {
    Reload<Sample> last = null;
    while (live.value().pages().pageSize() != expected) {
      last = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(last).as("a reload to page_size = " + expected).isNotNull();
    }
  }

  private Reload.Refused<Sample> awaitRefusal() throws InterruptedException {
    while (true) {
      Reload<Sample> next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a refused reload").isNotNull();
      if (next instanceof Reload.Refused<Sample> refused) {
        return refused;
      }
    }
  }

  @Test
  void fileWrittenInPlaceIsReloaded() throws Exception {
    Path file = Files.writeString(directory.resolve("config.toml"), "page_size = 11\n");
    watch(file);

    Files.writeString(file, "page_size = 12\n");
    awaitPageSize(12);
    Files.writeString(file, "page_size = 13\n");
    awaitPageSize(13);
  }

  @Test
  void fileRenamedOverTheOldOneIsReloadedAsEditorsDo() throws Exception {
    Path file = Files.writeString(directory.resolve("config.toml"), "page_size = 11\n");
    watch(file);

    Path backup = directory.resolve("config.toml~");
    Files.move(file, backup);
    Files.writeString(directory.resolve("4913"), "page_size = 12\n");
    Files.move(directory.resolve("4913"), file);
    awaitPageSize(12);
    Files.move(backup, file, StandardCopyOption.ATOMIC_MOVE);
    awaitPageSize(11);
  }

  @Test
  void configMapOfKubernetesIsReloadedWhenItsLinkIsSwapped() throws Exception {
    release("..one", "page_size = 11\n");
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
    Path file = directory.resolve("config.toml");
    Files.createSymbolicLink(file, Path.of("..data/config.toml"));
    watch(file);
    assertThat(live.value().pages().pageSize()).isEqualTo(11);

    swap("..two", "page_size = 12\n");
    Files.delete(directory.resolve("..one/config.toml"));
    Files.delete(directory.resolve("..one"));
    awaitPageSize(12);
    swap("..three", "page_size = 13\n");
    awaitPageSize(13);
  }

  private void swap(String name, String content) throws IOException {
    release(name, content);
    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(name));
    Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void release(String name, String content) throws IOException {
    Path release = Files.createDirectory(directory.resolve(name));
    Files.writeString(release.resolve("config.toml"), content);
  }

  @Test
  void invalidFileIsRefusedAndTheNextValidOneTaken() throws Exception {
    Path file = Files.writeString(directory.resolve("config.toml"), "page_size = 11\n");
    watch(file);

    Files.writeString(file, "page_size = oops\n");
    assertThat(awaitRefusal().refused().report()).contains("config.toml:1:13");
    assertThat(live.value().pages().pageSize()).isEqualTo(11);
    Files.writeString(file, "page_size = 14\n");
    awaitPageSize(14);
  }

  @RepeatedTest(20)
  void fileAndItsDirectoryMayComeAndGo() throws Exception {
    Path nested = directory.resolve("a/b");
    Path file = nested.resolve("config.toml");
    watch(file);
    assertThat(live.value().pages().pageSize()).isEqualTo(10);

    Files.createDirectories(nested);
    Files.writeString(file, "page_size = 12\n");
    awaitPageSize(12);
    Files.delete(file);
    Files.delete(nested);
    awaitPageSize(10);
    Files.createDirectories(nested);
    Files.writeString(file, "page_size = 15\n");
    awaitPageSize(15);
  }

  @Test
  void fileThatHoldsASecretIsWatched() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), Fixture.KEY);
    Path file = directory.resolve("config.toml");
    watch(file, Map.of("SECRET_KEY_FILE", key.toString()), NEVER);

    Files.writeString(key, "short");
    assertThat(awaitRefusal().refused().report()).contains("secret_key: (value not shown)");
    Files.writeString(key, Fixture.KEY + "2");
    while (!live.value().secretKey().reveal().endsWith("2")) {
      assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void recheckFindsWhatTheSystemDoesNotTell() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("real/deep"));
    Path target = Files.writeString(elsewhere.resolve("config.toml"), "page_size = 11\n");
    Path hop = Files.createSymbolicLink(directory.resolve("hop"), directory.resolve("real"));
    Path file = directory.resolve("config.toml");
    Files.createSymbolicLink(file, hop.resolve("deep/config.toml"));
    watch(file, Map.of(), Duration.ofMillis(50));

    Files.writeString(target, "page_size = 12\n");
    awaitPageSize(12);
  }

  @Test
  void settingsAreWatchedOnceAndNotAfterTheEnd() throws Exception {
    Path file = Files.writeString(directory.resolve("config.toml"), "page_size = 11\n");
    watch(file);

    assertThatThrownBy(live::watch).isInstanceOf(IllegalStateException.class);
    live.close();
    Files.writeString(file, "page_size = 12\n");
    assertThat(live.value().pages().pageSize()).isEqualTo(11);
    assertThat(live.reload()).isInstanceOf(Reload.Swapped.class);
  }
}
