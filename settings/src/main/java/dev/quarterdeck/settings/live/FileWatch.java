package dev.quarterdeck.settings.live;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs an action when files have changed and are quiet again. What the system tells of directories
/// only wakes it; whether the files changed, it sees from the files themselves.
final class FileWatch implements AutoCloseable {
  private final Supplier<? extends Collection<Path>> files;
  private final Runnable action;
  private final Duration quiet;
  private final Duration recheck;
  private final @Nullable WatchService service;
  private final Thread thread;
  private Fingerprint seen;
  private Set<Path> directories = Set.of();

  /// @param seen the files as they were when they were last read
  FileWatch(
      Supplier<? extends Collection<Path>> files,
      Runnable action,
      Fingerprint seen,
      Duration quiet,
      Duration recheck) {
    this.files = files;
    this.action = action;
    this.seen = seen;
    this.quiet = quiet;
    this.recheck = recheck;
    this.service = open();
    this.thread = Thread.ofVirtual().name("settings watch").unstarted(this::run);
  }

  /// The system's service, null when there is none to be had: then only the recheck is left.
  private static @Nullable WatchService open() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        register();
        Fingerprint now = Fingerprint.of(files.get());
        if (now.equals(seen)) {
          awaitEvents();
          // Collects the events that follow, so that a busy directory does not keep this busy.
          Thread.sleep(quiet);
        } else {
          seen = settled(now);
          act();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // Closed.
    }
  }

  /// The files once they have not changed for a while.
  private Fingerprint settled(Fingerprint first) throws InterruptedException {
    Fingerprint now = first;
    while (true) {
      Thread.sleep(quiet);
      Fingerprint next = Fingerprint.of(files.get());
      if (next.equals(now)) {
        return next;
      }
      now = next;
    }
  }

  private void act() {
    try {
      action.run();
    } catch (RuntimeException e) {
      // A listener's failure is its own; the watch goes on.
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void awaitEvents() throws InterruptedException {
    if (service == null) {
      Thread.sleep(recheck);
      return;
    }
    WatchKey key = service.poll(recheck.toNanos(), TimeUnit.NANOSECONDS);
    while (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        // The directory is gone; the next registration looks for what is left of its path.
        directories = Set.of();
      }
      key = service.poll();
    }
  }

  /// Watches the directories of the files, where they are and where their links lead. A directory
  /// that was made while its parent's watch began is told by nobody, so it looks until nothing is
  /// new.
  private void register() {
    if (service == null) {
      return;
    }
    for (Set<Path> wanted = wanted(); !wanted.equals(directories); wanted = wanted()) {
      for (Path directory : wanted) {
        try {
          directory.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException | SecurityException e) {
          // The recheck sees to this one.
        }
      }
      directories = wanted;
    }
  }

  private Set<Path> wanted() {
    Set<Path> wanted = new HashSet<>();
    for (Path file : files.get()) {
      wanted.add(directoryOf(file.toAbsolutePath()));
      try {
        wanted.add(directoryOf(file.toRealPath()));
      } catch (IOException | SecurityException e) {
        // It is not there; its directory is watched.
      }
    }
    return wanted;
  }

  /// The directory around a file, or the nearest one that exists.
  private static Path directoryOf(Path file) {
    Path directory = file;
    for (Path up = file.getParent(); up != null; up = up.getParent()) {
      directory = up;
      if (Files.isDirectory(up)) {
        return up;
      }
    }
    return directory;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (service != null) {
        service.close();
      }
      thread.join(Duration.ofSeconds(5));
    } catch (IOException e) {
      // Its watches end with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
