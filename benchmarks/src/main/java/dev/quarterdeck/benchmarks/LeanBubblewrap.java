package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Bubblewrap with as little as isolates a program: all namespaces, a read-only root, file systems
/// of its own, no capabilities, our system call filter. No limits, no control group, no user id of
/// its own, nobody who measures. It uses the root directory and the filter of one of our sandboxes,
/// which must be open.
final class LeanBubblewrap {
  private static final Path PROGRAM = Path.of("/usr/bin/bwrap");

  /// The namespaces and what the program is; mounts follow.
  private static final String FLAGS =
      "--unshare-all --unshare-user --uid 65534 --gid 65534 --disable-userns --die-with-parent"
          + " --new-session --as-pid-1 --cap-drop ALL --clearenv"
          + " --setenv PATH /usr/local/bin:/usr/bin:/bin --setenv HOME /tmp --hostname sandbox";

  private static final String MOUNTS =
      "--ro-bind /usr /usr --proc /proc --dev-bind /dev/null /dev/null"
          + " --dev-bind /dev/zero /dev/zero --dev-bind /dev/urandom /dev/urandom"
          + " --size 16777216 --tmpfs /dev/shm --size 67108864 --tmpfs /tmp --chdir /tmp";

  private final List<String> prefix = new ArrayList<>();
  private final Path filter;

  /// @param programs directory of the sources
  /// @param sandbox work directory of an open sandbox
  LeanBubblewrap(Path programs, Path sandbox) throws IOException {
    Path elsewhere = sandbox.resolve("root-place");
    Path place = Files.exists(elsewhere) ? Path.of(Files.readString(elsewhere).strip()) : sandbox;
    this.filter = sandbox.resolve("filter");
    prefix.add(PROGRAM.toString());
    prefix.addAll(List.of(FLAGS.split(" ", -1)));
    prefix.addAll(List.of("--ro-bind", place.resolve("root").toString(), "/"));
    prefix.addAll(List.of(MOUNTS.split(" ", -1)));
    try (DirectoryStream<Path> javas =
        Files.newDirectoryStream(place.resolve("root/etc"), "java*")) {
      for (Path java : javas) {
        String settings = "/etc/" + java.getFileName();
        prefix.addAll(List.of("--ro-bind", settings, settings));
      }
    }
    prefix.addAll(List.of("--ro-bind", programs.toString(), "/box", "--seccomp", "0"));
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /// Runs it as bare programs are run. The filter comes by standard input, which is closed then.
  void run(HelloWorld hello) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    for (String word : hello.bare()) {
      command.add(word.replace(hello.fileName(), "/box/" + hello.fileName()));
    }
    BareRival.expectHello(new ProcessBuilder(command).redirectInput(filter.toFile()));
  }
}
