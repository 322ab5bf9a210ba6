package dev.quarterdeck.production.source;

import static dev.quarterdeck.production.source.SourceContract.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeGitServer;
import dev.quarterdeck.production.fakes.Fault;
import dev.quarterdeck.production.fakes.LoopbackServer;
import dev.quarterdeck.production.fakes.Reply;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.git.GitCredentials;
import dev.quarterdeck.production.source.git.GitSource;
import dev.quarterdeck.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mirror follows its remote, with one request for each fetch.
class GitMirrorTest {
  private static final Optional<GitCredentials> GOOD =
      Optional.of(new GitCredentials(FakeGitServer.USER, Secret.of(FakeBitbucket.TOKEN)));

  @TempDir Path directory;

  private Source mirror(URI remote, Optional<GitCredentials> credentials) {
    return GitSource.mirror(
        remote, credentials, directory.resolve("data dir/mirror.git"), Duration.ofSeconds(20));
  }

  private GitFixture small() {
    GitFixture git = GitFixture.create(directory.resolve("org.git"));
    git.on("master").put("a.txt", "1\n").commit("one");
    git.branch("feature/x", "master");
    git.annotatedTag("v1", "master");
    return git;
  }

  @Test
  void followsPushesForcedMovesAndDeletions() {
    try (GitFixture git = small();
        FakeGitServer server = FakeGitServer.serve(git.directory());
        Source source = mirror(server.url(), GOOD)) {
      Call cold = call();
      Refs first = source.refs(cold, RefScope.ALL, null);
      assertThat(cold.requests()).isEqualTo(1);
      assertThat(first.refs()).extracting(Ref::name).containsExactly("feature/x", "master", "v1");
      assertThat(source.refs(call(), RefScope.ALL, first)).isSameAs(first);

      String second = git.on("master").put("b.txt", "2\n").commit("two");
      git.deleteBranch("feature/x");
      Call warm = call();
      Refs moved = source.refs(warm, RefScope.ALL, first);
      assertThat(moved.branch("master")).contains(second);
      assertThat(moved.branch("feature/x")).isEmpty();
      assertThat(source.tree(warm, second).files()).hasSize(2);
      assertThat(source.content(warm, second, "b.txt", 10)).isPresent();
      assertThat(warm.requests()).isEqualTo(1);

      git.branch("master", "master~1");
      assertThat(source.refs(call(), RefScope.ALL, moved).branch("master"))
          .contains(git.head("v1"));
    }
  }

  @Test
  void isFoundAgainWithTheLocksOfAKilledProcess() throws IOException {
    try (GitFixture git = small()) {
      URI remote = git.directory().toUri();
      try (Source source = mirror(remote, Optional.empty())) {
        source.refs(call(), RefScope.ALL, null);
      }
      Path mirror = directory.resolve("data dir/mirror.git");
      Files.writeString(mirror.resolve("refs/heads/master.lock"), "");
      Files.writeString(mirror.resolve("packed-refs.lock"), "");
      String second = git.on("master").put("b.txt", "2\n").commit("two");
      try (Source source = mirror(remote, Optional.empty())) {
        assertThat(source.refs(call(), RefScope.ALL, null).branch("master")).contains(second);
      }
    }
  }

  @Test
  void callersAtOnceShareAFetch() throws ExecutionException, InterruptedException {
    try (GitFixture git = small();
        FakeGitServer server = FakeGitServer.serve(git.directory());
        Source source = mirror(server.url(), GOOD);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.server().fail(1, request -> true, new Fault.Late(Duration.ofMillis(1500)));
      List<Call> calls = IntStream.range(0, 20).mapToObj(_ -> call()).toList();
      List<Future<Refs>> all =
          calls.stream()
              .map(each -> threads.submit(() -> source.refs(each, RefScope.ALL, null)))
              .toList();
      for (Future<Refs> each : all) {
        assertThat(each.get().branch("master")).isPresent();
      }
      assertThat(calls.stream().mapToInt(Call::requests).sum()).isBetween(1, 3);
    }
  }

  @Test
  void saysWhyAFetchFailedAndNamesTheSettingNotTheToken() {
    try (GitFixture git = small();
        FakeGitServer server = FakeGitServer.serve(git.directory())) {
      Optional<GitCredentials> wrong =
          Optional.of(new GitCredentials(FakeGitServer.USER, Secret.of("wrong-secret-token")));
      SourceException refused = failure(server.url(), wrong);
      assertThat(refused.fault()).isInstanceOf(SourceFault.Unauthorized.class);
      assertThat(refused).hasMessageContaining("BITBUCKET_TOKEN");
      assertThat(refused.toString()).doesNotContain("wrong-secret-token");
      assertThat(failure(server.url(), Optional.empty()).fault())
          .isInstanceOf(SourceFault.Unauthorized.class);
      URI absent = URI.create(server.url().toString().replace("org.git", "absent.git"));
      assertThat(failure(absent, GOOD).fault()).isInstanceOf(SourceFault.NotFound.class);
      server.server().fail(9, request -> true, Fault.status(403, "Forbidden"));
      assertThat(failure(server.url(), GOOD).fault()).isInstanceOf(SourceFault.Forbidden.class);
      server.server().heal();
      server.server().fail(9, request -> true, Fault.status(503, "Busy"));
      assertThat(failure(server.url(), GOOD).fault()).isInstanceOf(SourceFault.Unavailable.class);
      server.server().heal();
      server.server().fail(9, request -> true, new Fault.Reset());
      assertThat(failure(server.url(), GOOD).fault().passing()).isTrue();
    }
  }

  @Test
  void aServerThatNeverAnswersIsATimeout() {
    try (GitFixture git = small();
        FakeGitServer server = FakeGitServer.serve(git.directory())) {
      server.server().fail(9, request -> true, new Fault.Hang());
      try (Source source =
          GitSource.mirror(server.url(), GOOD, directory.resolve("m.git"), Duration.ofSeconds(1))) {
        assertThatThrownBy(() -> source.refs(call(), RefScope.ALL, null))
            .isInstanceOfSatisfying(
                SourceException.class,
                e -> assertThat(e.fault()).isInstanceOf(SourceFault.Timeout.class));
      }
    }
  }

  @Test
  void aRedirectToAnotherHostGetsNoToken() {
    try (GitFixture git = small();
        LoopbackServer thief =
            LoopbackServer.start(
                request ->
                    Reply.text(401, "who?").with("WWW-Authenticate", "Basic realm=\"thief\""));
        FakeGitServer server = FakeGitServer.serve(git.directory())) {
      server
          .server()
          .fail(
              99,
              request -> true,
              new Fault.Instead(
                  Reply.empty(302)
                      .with(
                          "Location",
                          thief.address() + "/acme/org.git/info/refs?service=git-upload-pack")));
      assertThat(failure(server.url(), GOOD).fault()).isNotNull();
      assertThat(thief.counters().log())
          .allSatisfy(request -> assertThat(request.header("authorization")).isEmpty());
    }
  }

  @Test
  void refusesCredentialsInTheUrl() {
    assertThatThrownBy(() -> mirror(URI.create("https://me:secret@example.org/x.git"), GOOD))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("holds credentials")
        .hasMessageNotContaining("secret@");
  }

  private SourceException failure(URI remote, Optional<GitCredentials> credentials) {
    try (Source source = mirror(remote, credentials)) {
      source.refs(call(), RefScope.ALL, null);
      throw new AssertionError("nothing failed");
    } catch (SourceException e) {
      return e;
    }
  }
}
