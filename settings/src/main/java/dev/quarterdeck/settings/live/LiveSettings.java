package dev.quarterdeck.settings.live;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Place;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Settings that may change while the program runs. A reload builds a whole new record and checks
/// it; only when nothing is wrong does it take the place of the old one, in one write. Code that
/// takes the record once and uses it throughout a piece of work never sees two loads mixed.
///
/// Safe for all threads. Owns a thread from [#watch] to [#close].
///
/// @param <T> the root record
public final class LiveSettings<T> implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration RECHECK = Duration.ofSeconds(30);

  private final Loader<T> loader;
  private final List<Consumer<? super Reload<T>>> listeners = new CopyOnWriteArrayList<>();
  private final Fingerprint before;
  private volatile Loaded<T> current;
  private volatile Provenance latest;
  private @Nullable FileWatch watch;

  /// Loads for the first time. The loader must not be used elsewhere any more.
  ///
  /// @throws dev.quarterdeck.settings.SettingsException with all faults
  public LiveSettings(Loader<T> loader) {
    this.loader = loader;
    this.before = Fingerprint.of(loader.files());
    this.current = loader.load();
    this.latest = current.provenance();
  }

  /// The record that holds now.
  public T value() {
    return current.value();
  }

  /// The settings that hold now.
  public Loaded<T> loaded() {
    return current;
  }

  /// Tells the listener of every reload that swapped or was refused, in order, on the thread of the
  /// reload, which waits for it.
  public void onReload(Consumer<? super Reload<T>> listener) {
    listeners.add(listener);
  }

  /// Loads anew, at once.
  ///
  /// @throws RuntimeException what a listener threw; the reload itself is done then, and the other
  ///   listeners were told
  public synchronized Reload<T> reload() {
    Checkup<T> checkup = loader.check();
    latest = checkup.provenance();
    Loaded<T> old = current;
    Optional<Loaded<T>> next = checkup.loaded();
    if (next.isEmpty()) {
      return told(new Reload.Refused<>(old, checkup));
    }
    if (same(old.provenance(), checkup.provenance())) {
      return new Reload.Unchanged<>(old);
    }
    current = next.get();
    return told(new Reload.Swapped<>(old, current));
  }

  private Reload<T> told(Reload<T> reload) {
    RuntimeException failed = null;
    for (Consumer<? super Reload<T>> listener : listeners) {
      try {
        listener.accept(reload);
      } catch (RuntimeException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
    return reload;
  }

  private static boolean same(Provenance a, Provenance b) {
    for (Key key : a.schema().keys()) {
      if (!a.sameValue(key, b)) {
        return false;
      }
    }
    return true;
  }

  /// Reloads from now on whenever a file of the load changes, appears or goes: the settings files,
  /// and the files that hold one value. A change is taken when the files have been quiet for a
  /// tenth of a second, so an editor may write in place or rename a new file over the old one, and
  /// Kubernetes may swap the links of a mounted ConfigMap. Where the system tells of no change, as
  /// on a network file system, the files are looked at every 30 seconds.
  public void watch() {
    watch(QUIET, RECHECK);
  }

  /// The same.
  ///
  /// @param quiet how long the files must not change before they are read
  /// @param recheck how often they are looked at when the system tells of no change
  /// @throws IllegalStateException they are watched already, or this is closed
  public synchronized void watch(Duration quiet, Duration recheck) {
    if (watch != null) {
      throw new IllegalStateException("the settings are watched already");
    }
    watch = new FileWatch(this::files, this::reload, before, quiet, recheck);
    watch.start();
  }

  /// The files that the latest load and the one that holds have read, or would have read.
  private Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>(loader.files());
    addValueFiles(files, current.provenance());
    addValueFiles(files, latest);
    return files;
  }

  private static void addValueFiles(Set<Path> files, Provenance provenance) {
    for (Key key : provenance.keys()) {
      for (Definition definition : provenance.definitions(key)) {
        if (definition.place() instanceof Place.ValueFile one) {
          try {
            files.add(Path.of(one.file()));
          } catch (InvalidPathException e) {
            // Such a file cannot change; the load has reported it.
          }
        }
      }
    }
  }

  /// Ends the watch; the settings stay as they are.
  @Override
  public void close() {
    FileWatch watching;
    synchronized (this) {
      watching = watch;
    }
    if (watching != null) {
      watching.close();
    }
  }
}
