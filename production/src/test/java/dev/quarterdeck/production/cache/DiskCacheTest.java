package dev.quarterdeck.production.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.LastCommits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {
  @TempDir Path directory;

  @Test
  void keepsEntriesAcrossOpenings() {
    DiskCache cache = new DiskCache(directory, 1 << 20);
    cache.write("a name", bytes("value"));
    cache.write("empty", new byte[0]);
    cache.write("a name", bytes("newer"));
    DiskCache again = new DiskCache(directory, 1 << 20);
    assertThat(again.read("a name")).hasValue(bytes("newer"));
    assertThat(again.read("empty")).hasValue(new byte[0]);
    assertThat(again.read("another")).isEmpty();
  }

  @Test
  void deletesWhatIsDamagedWhereverThatIs() throws IOException {
    DiskCache cache = new DiskCache(directory, 1 << 20);
    byte[] value = new byte[500];
    new Random(1).nextBytes(value);
    cache.write("entry", value);
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 3) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x41;
      for (byte[] broken : List.of(flipped, Arrays.copyOf(whole, at))) {
        Files.write(file, broken);
        Optional<byte[]> read = cache.read("entry");
        if (read.isPresent()) {
          assertThat(read).as("only the compression's own trailer is damaged").hasValue(value);
          assertThat(at).isGreaterThan(whole.length - 8);
        } else {
          assertThat(file).doesNotExist();
        }
      }
    }
    cache.write("entry", value);
    assertThat(cache.read("entry")).hasValue(value);
  }

  @Test
  void takesNoEntryForAnother() throws IOException {
    DiskCache cache = new DiskCache(directory, 1 << 20);
    cache.write("one", bytes("1"));
    Path one = files().getFirst();
    cache.write("two", bytes("2"));
    Path two = files().stream().filter(file -> !file.equals(one)).findFirst().orElseThrow();
    Files.copy(one, two, StandardCopyOption.REPLACE_EXISTING);
    assertThat(cache.read("two")).isEmpty();
    assertThat(cache.read("one")).hasValue(bytes("1"));
  }

  @Test
  void staysWithinItsBoundAndDropsWhatWasNotReadForLongest() throws IOException {
    DiskCache cache = new DiskCache(directory, 20_000);
    Random random = new Random(2);
    Instant old = Instant.now().minusSeconds(100_000);
    for (int i = 0; i < 15; i++) {
      byte[] value = new byte[1000];
      random.nextBytes(value);
      cache.write("entry " + i, value);
    }
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.from(old));
    }
    assertThat(cache.read("entry 3")).isPresent();
    for (int i = 15; i < 23; i++) {
      byte[] value = new byte[1000];
      random.nextBytes(value);
      cache.write("entry " + i, value);
    }
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    assertThat(size).isLessThanOrEqualTo(20_000);
    assertThat(cache.read("entry 3")).isPresent();
    assertThat(cache.read("entry 22")).isPresent();
  }

  @Test
  void isEmptyWhereNothingCanBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    DiskCache cache = new DiskCache(file, 1000);
    cache.write("name", bytes("value"));
    assertThat(cache.read("name")).isEmpty();
  }

  @Test
  void removesWhatAKilledProcessLeft() throws IOException {
    Path left = Files.writeString(directory.resolve("abc-1-1.tmp"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(7200)));
    new DiskCache(directory, 1000);
    assertThat(left).doesNotExist();
  }

  @Test
  void showsManyThreadsWholeEntriesOnly() throws ExecutionException, InterruptedException {
    DiskCache cache = new DiskCache(directory, 1 << 22);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        byte[] value = bytes("v".repeat(i * 50 + 1));
        all.add(
            threads.submit(
                () -> {
                  cache.write("shared", value);
                  assertThat(cache.read("shared").orElseThrow()).containsOnly('v');
                }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
  }

  @Test
  void bringsLastCommitsBack() {
    KeptAnswers answers = new KeptAnswers(new DiskCache(directory, 1 << 20), "repository");
    String id = "0123456789012345678901234567890123456789";
    Commit commit =
        new Commit(
            id,
            new Commit.Person("Zoë", "z@example.org"),
            Instant.ofEpochSecond(1_700_000_000),
            "A message\n\n" + "long ".repeat(20_000),
            List.of(id.replace('0', 'a')));
    LastCommits found =
        new LastCommits(id, Map.of("a/é", id), Map.of(id, commit), Map.of("f", Set.of("b", "c")));
    answers.keep("uat", found);
    assertThat(answers.lastCommits("uat")).hasValue(found);
    assertThat(answers.lastCommits("dev")).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
