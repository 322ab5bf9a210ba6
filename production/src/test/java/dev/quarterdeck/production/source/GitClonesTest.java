package dev.quarterdeck.production.source;

import static dev.quarterdeck.production.source.SourceContract.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.fixtures.RealGit;
import dev.quarterdeck.production.source.git.GitSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which directories are sources, and that reading leaves them alone.
class GitClonesTest {
  @TempDir Path directory;

  private GitFixture small(String name) {
    GitFixture git = GitFixture.create(directory.resolve(name));
    git.on("master").put("a.txt", "1\n").commit("one");
    git.on("master").put("b.txt", "2\n").commit("two");
    return git;
  }

  @Test
  void readsBareAndNormalClonesAndLinkedWorkTrees() {
    try (GitFixture git = small("bare one.git")) {
      String head = git.head("master");
      RealGit here = RealGit.in(directory);
      here.bytes("clone", "-q", git.directory().toString(), "normal clone");
      Path normal = directory.resolve("normal clone");
      RealGit.in(normal).bytes("worktree", "add", "-q", "../linked", "-b", "other");
      for (Path each :
          Set.of(git.directory(), normal, normal.resolve(".git"), directory.resolve("linked"))) {
        try (Source source = GitSource.open(each)) {
          assertThat(source.refs(call(), RefScope.BRANCHES, null).branch("master"))
              .as(each.toString())
              .contains(head);
          assertThat(source.tree(call(), head).files()).hasSize(2);
        }
        try (Source source = GitSource.open(each.toUri())) {
          assertThat(source.commit(call(), head)).isPresent();
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoRepository() throws IOException {
    assertUnusable(
        () -> GitSource.open(directory.resolve("absent")), "absent", "no such directory");
    assertUnusable(() -> GitSource.open(directory), "not a Git repository");
    Path broken = Files.createDirectories(directory.resolve("broken"));
    Files.writeString(broken.resolve(".git"), "gitdir: /no/such/place\n");
    assertUnusable(() -> GitSource.open(broken), "broken");
    assertUnusable(() -> GitSource.open(URI.create("file://elsewhere/srv/x")), "elsewhere");
    assertUnusable(() -> GitSource.open(URI.create("http://host/x")), "http://host/x");
  }

  @Test
  void refusesADirectoryInsideAWorkTree() throws IOException {
    try (GitFixture git = small("org.git")) {
      RealGit.in(directory).bytes("clone", "-q", git.directory().toString(), "work");
      Path inside = Files.createDirectories(directory.resolve("work/classes"));
      assertUnusable(() -> GitSource.open(inside), "classes", "not a Git repository");
    }
  }

  @Test
  void refusesShallowAndPartialClones() {
    try (GitFixture git = small("org.git")) {
      String url = git.directory().toUri().toString();
      RealGit.in(git.directory()).bytes("config", "uploadpack.allowFilter", "true");
      RealGit.in(directory).bytes("clone", "-q", "--depth=1", url, "shallow");
      assertUnusable(
          () -> GitSource.open(directory.resolve("shallow")), "shallow", "git fetch --unshallow");
      RealGit.in(directory).bytes("clone", "-q", "--bare", "--filter=blob:none", url, "partial");
      assertUnusable(() -> GitSource.open(directory.resolve("partial")), "partial", "--filter");
    }
  }

  private static void assertUnusable(ThrowingCallable opening, String... words) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.fault()).isInstanceOf(SourceFault.Unusable.class);
              assertThat(e.fault().passing()).isFalse();
            })
        .hasMessageContainingAll(words)
        .hasMessageContaining("expected");
  }

  @Test
  void writesNothingIntoTheRepository() throws IOException {
    try (GitFixture git = small("org.git")) {
      Set<String> before = files(git.directory());
      try (Source source = GitSource.open(git.directory())) {
        String head = git.head("master");
        source.refs(call(), RefScope.ALL, null);
        source.tree(call(), head);
        source.lastCommits(call(), LastCommits.of(head, Set.of("a.txt", "b.txt")), null);
      }
      assertThat(files(git.directory())).isEqualTo(before);
    }
  }

  private static Set<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(path -> root.relativize(path) + " " + path.toFile().length())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void keepsAnsweringWhileTheRepositoryIsPushedToAndRepacked()
      throws ExecutionException, InterruptedException {
    try (GitFixture git = small("org.git");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        git.on("master").put("classes/C" + i + ".cls", "class C" + i).commit("add " + i);
      }
      AtomicBoolean done = new AtomicBoolean();
      try (Source source = GitSource.open(git.directory())) {
        Future<Integer> reading = threads.submit(() -> readUntil(done, source));
        Future<Integer> another = threads.submit(() -> readUntil(done, source));
        for (int i = 0; i < 6; i++) {
          git.on("master").put("classes/D" + i + ".cls", "class D" + i).commit("push " + i);
          RealGit.in(git.directory()).bytes("repack", "-q", "-a", "-d", "-f");
          RealGit.in(git.directory()).bytes("pack-refs", "--all");
        }
        done.set(true);
        assertThat(reading.get()).isPositive();
        assertThat(another.get()).isPositive();
        assertThat(source.tree(call(), git.head("master")).files()).hasSize(48);
      }
    }
  }

  private static int readUntil(AtomicBoolean done, Source source) {
    int rounds = 0;
    do {
      String head = source.refs(call(), RefScope.BRANCHES, null).branch("master").orElseThrow();
      Set<String> paths =
          source.tree(call(), head).files().stream()
              .map(TreeFile::path)
              .collect(Collectors.toSet());
      LastCommits found = source.lastCommits(call(), LastCommits.of(head, paths), null);
      assertThat(found.owners().keySet()).isEqualTo(paths);
      rounds++;
    } while (!done.get());
    return rounds;
  }

  @Test
  void aDamagedRepositoryIsSaidToBeSo() throws IOException {
    try (GitFixture git = small("org.git")) {
      String head = git.head("master");
      Path object =
          git.directory().resolve("objects/" + head.substring(0, 2) + "/" + head.substring(2));
      Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(object, new byte[] {1, 2, 3});
      try (Source source = GitSource.open(git.directory())) {
        assertThatThrownBy(() -> source.tree(call(), head))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("org.git");
      }
    }
  }
}
