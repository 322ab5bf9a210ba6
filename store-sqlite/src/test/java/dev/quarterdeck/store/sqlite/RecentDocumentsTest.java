package dev.quarterdeck.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentDocumentsTest {
  private static final RecentDocuments.Key KEY = new RecentDocuments.Key("user", "anna");

  private final RecentDocuments recent = new RecentDocuments();
  private final AtomicInteger reads = new AtomicInteger();

  private Optional<Document> found = version(1);

  private static Optional<Document> version(long number) {
    return Optional.of(new Document("anna", number, Map.of(), new byte[10]));
  }

  private Optional<Document> read() {
    reads.incrementAndGet();
    return found;
  }

  private long versionFound() {
    return recent.find(KEY, this::read).orElseThrow().version();
  }

  @Test
  void readsOnceWhatDoesNotChange() {
    assertThat(versionFound()).isEqualTo(1);
    assertThat(versionFound()).isEqualTo(1);

    assertThat(reads).hasValue(1);
  }

  @Test
  void remembersThatThereIsNone() {
    found = Optional.empty();
    assertThat(recent.find(KEY, this::read)).isEmpty();
    assertThat(recent.find(KEY, this::read)).isEmpty();

    assertThat(reads).hasValue(1);
  }

  @Test
  void readsWhileAChangeIsUnderWayAndAfterIt() {
    var unused = recent.find(KEY, this::read);
    recent.begin(List.of(KEY));
    found = version(2);

    assertThat(versionFound()).isEqualTo(2);
    found = version(3);
    assertThat(versionFound()).isEqualTo(3);
    recent.end(List.of(KEY));
    found = version(4);
    assertThat(versionFound()).isEqualTo(4);
    assertThat(versionFound()).isEqualTo(4);
    assertThat(reads).hasValue(4);
  }

  @Test
  void keepsNothingThatWasReadBeforeTheEndOfAChange() {
    assertThat(
            recent
                .find(
                    KEY,
                    () -> {
                      Optional<Document> old = read();
                      recent.begin(List.of(KEY));
                      recent.end(List.of(KEY));
                      return old;
                    })
                .orElseThrow()
                .version())
        .isEqualTo(1);
    found = version(2);
    assertThat(versionFound()).isEqualTo(2);

    recent.begin(List.of(KEY));
    assertThat(versionFound()).isEqualTo(2);
    recent.end(List.of(KEY));
    assertThat(recent.size()).isZero();
  }

  @Test
  void waitsForTheLastOfSeveralChanges() {
    recent.begin(List.of(KEY));
    recent.begin(List.of(KEY));
    recent.end(List.of(KEY));
    var unused = recent.find(KEY, this::read);
    assertThat(recent.size()).isZero();

    recent.end(List.of(KEY));
    unused = recent.find(KEY, this::read);
    assertThat(recent.size()).isOne();
  }

  @Test
  void holdsNoMoreThanItsBoundAndNothingLarge() {
    found = Optional.of(new Document("large", 1, Map.of(), new byte[5_000]));
    var unused = recent.find(KEY, this::read);
    assertThat(recent.size()).isZero();

    found = version(1);
    for (int i = 0; i < 1_500; i++) {
      unused = recent.find(new RecentDocuments.Key("user", "u" + i), this::read);
    }
    assertThat(recent.size()).isEqualTo(1_000);
  }
}
