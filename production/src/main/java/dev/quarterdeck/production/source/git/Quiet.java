package dev.quarterdeck.production.source.git;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// JGit that reads a repository and nothing else: by itself it runs `git` to find the machine's
/// configuration, obeys the user's, and writes measurements into the home directory.
final class Quiet {
  private static final long PACK_BYTES_IN_MEMORY = 64L << 20;
  private static final Duration FILE_TIMES_DIFFER_AFTER = Duration.ofMillis(20);
  private static final int DELTA_BASES_IN_MEMORY = 32 << 20;

  static {
    SystemReader.setInstance(new WithoutFiles(SystemReader.getInstance()));
    WindowCacheConfig cache = new WindowCacheConfig();
    cache.setPackedGitLimit(PACK_BYTES_IN_MEMORY);
    cache.setDeltaBaseCacheLimit(DELTA_BASES_IN_MEMORY);
    cache.install();
  }

  private Quiet() {}

  /// Takes effect once, for the whole process.
  static void install() {
    // The static initialiser did it.
  }

  private static final class WithoutFiles extends SystemReader.Delegate {
    WithoutFiles(SystemReader original) {
      super(original);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
      return new InMemory(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
      return new InMemory(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
      return new InMemory(parent, fs);
    }
  }

  private static final class InMemory extends FileBasedConfig {
    InMemory(@Nullable Config parent, FS fs) {
      super(parent, new File("no-such-file"), fs);
    }

    @Override
    public void load() {
      // Nothing is read.
    }

    @Override
    public void save() {
      // Nothing is written.
    }

    /// How exact the times of files are: without an answer JGit measures it with files of its own,
    /// inside the repository that it opens.
    @Override
    public long getTimeUnit(
        String section,
        @Nullable String subsection,
        String name,
        long defaultValue,
        TimeUnit unit) {
      return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
          ? unit.convert(FILE_TIMES_DIFFER_AFTER)
          : super.getTimeUnit(section, subsection, name, defaultValue, unit);
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
