package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;

/// What JGit throws, as faults of a source.
final class Faults {
  private Faults() {}

  static <T> T translated(String source, Reading<T> reading) {
    try {
      return reading.read();
    } catch (MissingObjectException e) {
      throw new SourceException(
          new SourceFault.NotFound(
              "%s: object %s is not there (expected: a commit of this repository with all its files)"
                  .formatted(source, e.getObjectId().name())),
          e);
    } catch (IncorrectObjectTypeException e) {
      throw new SourceException(
          new SourceFault.NotFound(source + ": " + e.getMessage() + " (expected: a commit)"), e);
    } catch (CorruptObjectException e) {
      throw new SourceException(
          new SourceFault.Unusable(
              "%s: damaged: %s; run git fsck in it".formatted(source, e.getMessage())),
          e);
    } catch (IOException e) {
      throw new SourceException(
          new SourceFault.Unavailable("%s: cannot be read: %s".formatted(source, e.getMessage())),
          e);
    }
  }

  static SourceException unusable(String detail) {
    return new SourceException(new SourceFault.Unusable(detail));
  }

  /// Reading that JGit may fail.
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }
}
