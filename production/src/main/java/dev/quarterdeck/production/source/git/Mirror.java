package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/// A bare repository of this process that follows a remote one: all branches and tags, what is gone
/// there goes here.
final class Mirror {
  private static final List<RefSpec> ALL =
      List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

  private final URI remote;
  private final Optional<GitCredentials> credentials;
  private final FileRepository repository;
  private final Duration timeout;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile long fetched;

  private Mirror(
      URI remote,
      Optional<GitCredentials> credentials,
      FileRepository repository,
      Duration timeout) {
    this.remote = remote;
    this.credentials = credentials;
    this.repository = repository;
    this.timeout = timeout;
  }

  static Mirror open(
      URI remote, Optional<GitCredentials> credentials, Path directory, Duration timeout) {
    if (remote.getUserInfo() != null) {
      throw Faults.unusable(
          "remote: the URL holds credentials (expected: a URL without; give them apart)");
    }
    try {
      Files.createDirectories(directory);
      removeLocks(directory);
      FileRepository repository = new FileRepository(directory.toFile());
      if (!Files.exists(directory.resolve(Constants.HEAD))) {
        repository.create(true);
      }
      return new Mirror(remote, credentials, repository, timeout);
    } catch (IOException e) {
      throw Faults.unusable(
          "%s: cannot hold the mirror of %s: %s".formatted(directory, remote, e.getMessage()));
    }
  }

  /// A process that was killed leaves its locks, and nobody else writes here.
  private static void removeLocks(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path lock : files.filter(path -> path.toString().endsWith(".lock")).toList()) {
        Files.delete(lock);
      }
    }
  }

  Repository repository() {
    return repository;
  }

  /// Brings the mirror to where the remote is; callers that wait for a fetch share its outcome.
  void fetch(Call call) {
    long before = fetched;
    fetching.lock();
    try {
      if (fetched != before) {
        return;
      }
      call.request();
      fetchNow();
      fetched = before + 1;
    } finally {
      fetching.unlock();
    }
    repository.autoGC(NullProgressMonitor.INSTANCE);
  }

  private void fetchNow() {
    try (Transport transport = Transport.open(repository, new URIish(remote.toString()))) {
      transport.setTimeout((int) Math.max(1, timeout.toSeconds()));
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setRemoveDeletedRefs(true);
      credentials.ifPresent(
          each -> transport.setCredentialsProvider(new HostCredentials(remote, each)));
      var result = transport.fetch(NullProgressMonitor.INSTANCE, ALL);
      for (var update : result.getTrackingRefUpdates()) {
        switch (update.getResult()) {
          case LOCK_FAILURE,
              IO_FAILURE,
              REJECTED,
              REJECTED_CURRENT_BRANCH,
              REJECTED_MISSING_OBJECT ->
              throw new SourceException(
                  new SourceFault.Unavailable(
                      "%s: %s could not be updated in the mirror: %s"
                          .formatted(remote, update.getLocalName(), update.getResult())));
          case NOT_ATTEMPTED,
              NEW,
              FORCED,
              FAST_FORWARD,
              NO_CHANGE,
              RENAMED,
              REJECTED_OTHER_REASON -> {}
        }
      }
    } catch (TransportException e) {
      throw new SourceException(FetchFaults.of(remote, credentials.isPresent(), e), e);
    } catch (IOException e) {
      throw new SourceException(
          new SourceFault.Unavailable(
              "%s: cannot be fetched: %s".formatted(remote, e.getMessage())),
          e);
    } catch (URISyntaxException e) {
      throw Faults.unusable("%s: not a URL that Git can fetch from".formatted(remote));
    }
  }
}
