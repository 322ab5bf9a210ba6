package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The prepared root directory that every sandbox mounts read-only: empty mount points, a few files
/// of `/etc`, and the stage shell.
///
/// @param path where it is
/// @param systemDirectories directories of the host to mount at their own paths: `/usr`, and
///   `/bin`, `/lib` where these are no links into it
record RootDirectory(Path path, List<Path> systemDirectories) {
  private static final List<String> SYSTEM_LINKS =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> EXECUTE_ONLY =
      PosixFilePermissions.fromString("--x--x--x");

  /// Makes it.
  ///
  /// @param path absent, in a directory that only the server's user can write
  /// @param mountPoints host paths outside `/usr` that some language needs
  static RootDirectory make(Path path, List<Path> mountPoints) throws IOException {
    directory(path);
    for (String name :
        List.of("usr", "proc", "tmp", "box", "build", "dev", "dev/shm", ".stage", "etc")) {
      directory(path.resolve(name));
    }
    for (String name : SYSTEM_LINKS) {
      Path host = Path.of("/", name);
      if (Files.isSymbolicLink(host)) {
        Files.createSymbolicLink(path.resolve(name), Files.readSymbolicLink(host));
      } else if (Files.isDirectory(host)) {
        directory(path.resolve(name));
      }
    }
    devices(path.resolve("dev"));
    etc(path.resolve("etc"));
    for (Path mountPoint : mountPoints) {
      Path target = path.resolve(Path.of("/").relativize(mountPoint));
      if (Files.isDirectory(mountPoint)) {
        Files.createDirectories(target);
        Files.setPosixFilePermissions(target, DIRECTORY);
      } else if (!Files.exists(target)) {
        file(target, new byte[0]);
      }
    }
    // A copy that nobody may read: see Stage.
    Path shell = path.resolve(".stage/sh");
    Files.copy(Path.of("/bin/sh").toRealPath(), shell);
    Files.setPosixFilePermissions(shell, EXECUTE_ONLY);
    Path zygote = path.resolve(".stage/zygote");
    directory(zygote);
    for (String name : List.of("sitecustomize.py", "ending.py")) {
      file(zygote.resolve(name), Languages.resource("zygote/" + name));
    }
    return new RootDirectory(path, ofTheHost());
  }

  /// The host's own directories of programs and libraries.
  static List<Path> ofTheHost() {
    List<Path> system = new ArrayList<>(List.of(Path.of("/usr")));
    for (String name : SYSTEM_LINKS) {
      Path host = Path.of("/", name);
      if (Files.isDirectory(host) && !Files.isSymbolicLink(host)) {
        system.add(host);
      }
    }
    return List.copyOf(system);
  }

  private static void devices(Path dev) throws IOException {
    for (String device : List.of("null", "zero", "urandom", "random")) {
      file(dev.resolve(device), new byte[0]);
    }
    Files.createSymbolicLink(dev.resolve("fd"), Path.of("/proc/self/fd"));
    Files.createSymbolicLink(dev.resolve("stdin"), Path.of("/proc/self/fd/0"));
    Files.createSymbolicLink(dev.resolve("stdout"), Path.of("/proc/self/fd/1"));
    Files.createSymbolicLink(dev.resolve("stderr"), Path.of("/proc/self/fd/2"));
  }

  private static void etc(Path etc) throws IOException {
    text(
        etc.resolve("passwd"),
        "root:x:0:0:root:/root:/usr/sbin/nologin\n" + "nobody:x:65534:65534:nobody:/tmp:/bin/sh\n");
    text(etc.resolve("group"), "root:x:0:\nnogroup:x:65534:\n");
    text(etc.resolve("hosts"), "127.0.0.1 localhost sandbox\n::1 localhost\n");
    text(etc.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files\n");
    Path cache = Path.of("/etc/ld.so.cache");
    if (Files.isReadable(cache)) {
      file(etc.resolve("ld.so.cache"), Files.readAllBytes(cache));
    }
    Path alternatives = Path.of("/etc/alternatives");
    if (Files.isDirectory(alternatives)) {
      Path copy = etc.resolve("alternatives");
      directory(copy);
      try (DirectoryStream<Path> links = Files.newDirectoryStream(alternatives)) {
        for (Path link : links) {
          if (Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(
                copy.resolve(link.getFileName()), Files.readSymbolicLink(link));
          }
        }
      }
    }
  }

  private static void text(Path file, String text) throws IOException {
    file(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void file(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, FILE);
  }

  private static void directory(Path directory) throws IOException {
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, DIRECTORY);
  }

  /// Whether any user can reach what is in a directory.
  static boolean isReachable(Path directory) throws IOException {
    for (Path at = directory.toRealPath(); at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  /// Deletes a directory and what is in it, following no link. What a program may have made too
  /// deep for a path, or taken its own permissions from, is left to the tools that are made for
  /// that.
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      walkAndDelete(directory);
    } catch (IOException refused) {
      String script = "chmod -R u+rwX -- \"$0\" 2>/dev/null; exec rm -rf -- \"$0\"";
      HostTools.ask(List.of("/bin/sh", "-c", script, directory.toString()));
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw refused;
      }
    }
  }

  private static void walkAndDelete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          @SuppressWarnings("MissingSuperCall")
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
