package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The embedded store in one directory, which it holds alone: a file per area, each with its own
/// writer thread, and a file for the output of executions.
///
/// The area [#MAIN_AREA] is in `<databaseName>.db`, every other in `<databaseName>-<area>.db`. All
/// methods may be called by any number of threads, virtual ones included; native code runs on
/// threads of the store only. Whoever opens a store closes it, from a platform thread.
public final class SqliteStore implements AutoCloseable {
  /// The area whose file has the name of the database.
  public static final String MAIN_AREA = "main";

  private static final String FRAMES_AREA = "frames";
  private static final String NAME = "(?!.*__)[a-z][a-z0-9_]{0,62}";
  private static final String DATABASE_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}";

  private final DataDirectory directory;
  private final ExecutorService readPool;
  private final Map<String, AreaFile> areas = new LinkedHashMap<>();
  private final Map<Kind, SqliteDocuments.Place> places = new HashMap<>();
  private final Documents documents;
  private final OutputLog outputLog;

  private SqliteStore(
      DataDirectory directory,
      String databaseName,
      List<Kind> kinds,
      Map<String, Backfill> backfills,
      InstantSource clock) {
    this.directory = directory;
    int readers = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    this.readPool =
        Executors.newFixedThreadPool(
            readers, Thread.ofPlatform().name("store-reader-", 0).daemon().factory());
    boolean opened = false;
    try {
      Map<String, List<Kind>> byArea = new LinkedHashMap<>();
      byArea.put(MAIN_AREA, new ArrayList<>());
      kinds.forEach(kind -> byArea.computeIfAbsent(kind.area(), a -> new ArrayList<>()).add(kind));
      byArea.forEach((area, its) -> openArea(databaseName, area, its, backfills));
      Path frames = file(databaseName, FRAMES_AREA);
      AreaFile framesFile =
          AreaFile.open(frames, readPool, false, session -> Schema.ofFrames(frames, session));
      areas.put(FRAMES_AREA, framesFile);
      this.documents = new SqliteDocuments(places, clock);
      this.outputLog = new SqliteOutputLog(framesFile);
      opened = true;
    } finally {
      if (!opened) {
        closeFiles();
      }
    }
  }

  /// Opens the store, making directory and files that do not exist.
  ///
  /// @param databaseName letters, digits, `.`, `_`, `-`; names the files
  /// @param kinds all kinds that will be used
  /// @param clock gives journal entries their time
  /// @throws DataDirInUse another process holds the directory
  /// @throws StoreException the directory or a file cannot be used; the message says why
  public static SqliteStore open(
      Path dataDirectory, String databaseName, List<Kind> kinds, InstantSource clock) {
    return open(dataDirectory, databaseName, kinds, Map.of(), clock);
  }

  /// Opens the store, and fills indexed fields that were declared after documents were written.
  ///
  /// @param backfills by the name of the kind; without one, a new field of a kind that has
  ///   documents is refused
  public static SqliteStore open(
      Path dataDirectory,
      String databaseName,
      List<Kind> kinds,
      Map<String, Backfill> backfills,
      InstantSource clock) {
    if (!databaseName.matches(DATABASE_NAME)) {
      throw new StoreException(
          "DATABASE_NAME: %s (expected: 1 to 64 letters, digits, '.', '_' or '-', not starting with '.' or '-'); it names the files in DATA_DIR"
              .formatted(databaseName));
    }
    check(kinds);
    DataDirectory directory = DataDirectory.acquire(dataDirectory);
    boolean opened = false;
    try {
      SqliteStore store = new SqliteStore(directory, databaseName, kinds, backfills, clock);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        directory.close();
      }
    }
  }

  /// The documents of the declared kinds.
  public Documents documents() {
    return documents;
  }

  /// The journal of an area that a declared kind lives in.
  public EventJournal journal(String area) {
    AreaFile file = area.equals(FRAMES_AREA) ? null : areas.get(area);
    if (file == null) {
      throw new IllegalArgumentException(
          "area: %s (expected: the area of a kind that the store was opened with)".formatted(area));
    }
    return new SqliteJournal(file);
  }

  /// The output of executions.
  public OutputLog outputLog() {
    return outputLog;
  }

  /// Bytes that may still be written on the file system of the data directory. Asks the operating
  /// system each time.
  public long freeBytes() {
    return directory.freeBytes();
  }

  /// How many transactions became durable since the store was opened, in all files; those that only
  /// save how far groups have come are not counted.
  public long transactions() {
    return areas.values().stream().mapToLong(AreaFile::transactions).sum();
  }

  /// Finishes what was asked for, saves cursors, closes the files and gives the directory free.
  @Override
  public void close() {
    try {
      closeFiles();
    } finally {
      directory.close();
    }
  }

  /// The file of an area, for tests of faults.
  AreaFile area(String name) {
    AreaFile file = areas.get(name);
    if (file == null) {
      throw new IllegalArgumentException("area: " + name);
    }
    return file;
  }

  private void closeFiles() {
    readPool.close();
    areas.values().forEach(AreaFile::close);
  }

  private void openArea(
      String databaseName, String area, List<Kind> kinds, Map<String, Backfill> backfills) {
    Path path = file(databaseName, area);
    AreaFile file =
        AreaFile.open(
            path, readPool, true, session -> Schema.ofArea(path, session, kinds, backfills));
    areas.put(area, file);
    for (Kind kind : kinds) {
      places.put(kind, new SqliteDocuments.Place(file, new Statements(kind)));
    }
  }

  private Path file(String databaseName, String area) {
    String suffix = area.equals(MAIN_AREA) ? "" : "-" + area;
    return directory.path().resolve(databaseName + suffix + ".db");
  }

  private static void check(List<Kind> kinds) {
    Set<String> names = new HashSet<>();
    for (Kind kind : kinds) {
      if (!kind.area().matches(NAME) || kind.area().equals(FRAMES_AREA)) {
        throw new IllegalArgumentException(
            "area: %s (expected: lower-case letters, digits and '_'; not %s)"
                .formatted(kind.area(), FRAMES_AREA));
      }
      if (!kind.name().matches(NAME) || !names.add(kind.name())) {
        throw new IllegalArgumentException(
            "kind: %s (expected: lower-case letters, digits and '_'; each name once)"
                .formatted(kind.name()));
      }
      Set<String> fields = new HashSet<>();
      for (Kind.Field field : kind.fields()) {
        if (!field.name().matches(NAME) || field.name().equals("id") || !fields.add(field.name())) {
          throw new IllegalArgumentException(
              "field: %s.%s (expected: lower-case letters, digits and '_'; not id; each name once)"
                  .formatted(kind.name(), field.name()));
        }
      }
    }
  }
}
