package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Level L3 on control groups of version 2, as root and as an ordinary user to whom a group is
/// delegated, whatever this machine has: each in a User Mode Linux that is thrown away, both at
/// once, since each has one processor. Where that package cannot be installed the test says so;
/// nothing else can be tried there.
@Tag("slow")
class UserModeLinuxTest {
  private static final Path LINUX = Path.of("/usr/bin/linux.uml");
  private static final long PATIENCE_SECONDS = 600;
  private static final List<String> USERS = List.of("root", "ordinary");

  @Test
  void enforcesItsLimitsByControlGroupsOfVersionTwo() throws IOException, InterruptedException {
    if (!Files.isExecutable(LINUX)) {
      System.out.println(
          "control groups version 2 not tried: " + LINUX + " is missing (user-mode-linux)");
      return;
    }
    Path place = Files.createTempDirectory(Path.of("/tmp"), "quarterdeck-uml-");
    try {
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path init = place.resolve("init");
      try (InputStream script =
          UserModeLinuxTest.class.getResourceAsStream("user-mode-linux-init.sh")) {
        Files.copy(Objects.requireNonNull(script), init);
      }
      Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(place.resolve("java"), String.join(" ", java(copyClasses(place))));
      Map<String, String> all = boot(place, init);
      for (String who : USERS) {
        String said = all.get(who);
        assertThat(said).contains("guest " + who + ": level L3");
        assertThat(said).contains("detail=cgroup v2");
        for (String program : UserModeLinuxGuest.programs(who)) {
          assertThat(said).contains("guest " + who + ": held " + program);
        }
        assertThat(said).contains("guest " + who + ": as before");
        for (String held : UserModeLinuxAhead.HELD) {
          assertThat(said).contains("guest " + who + ": ahead held " + held);
        }
        for (String program : UserModeLinuxGuest.ahead(who)) {
          assertThat(said).contains("guest " + who + ": ahead held " + program);
        }
        assertThat(said).contains("guest " + who + ": ahead groups left []");
        assertThat(said).contains("guest " + who + ": groups left []");
        assertThat(said).doesNotContain("FAILED");
      }
      assertThat(all.get("ordinary"))
          .contains("guest ordinary: ahead held " + UserModeLinuxAhead.RUNTIME);
      System.out.println(
          "control groups version 2: "
              + UserModeLinuxGuest.PROGRAMS.size()
              + " hostile programs as an ordinary user, some as root");
    } finally {
      RootDirectory.delete(place);
    }
  }

  /// Copies what the guest needs of the class path to where every user of it can read.
  ///
  /// @return the class path in the guest
  private static String copyClasses(Path place) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (!Files.exists(from) || from.getFileName().toString().matches("(junit|assertj).*")) {
        continue;
      }
      Path to = place.resolve("classes-" + copies.size());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.copy(file, copy);
          boolean directory = Files.isDirectory(copy);
          Files.setPosixFilePermissions(
              copy, PosixFilePermissions.fromString(directory ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
      copies.add("/mnt/given/" + to.getFileName());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static List<String> java(String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        UserModeLinuxGuest.class.getName());
  }

  /// What each guest said.
  private static Map<String, String> boot(Path place, Path init)
      throws IOException, InterruptedException {
    List<Process> guests = new ArrayList<>();
    Map<String, String> said = new HashMap<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      for (String who : USERS) {
        guests.add(boot(place, init, who));
      }
      for (Process linux : guests) {
        linux.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } finally {
      for (Process linux : guests) {
        List<ProcessHandle> all = linux.descendants().toList();
        linux.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
      }
    }
    for (String who : USERS) {
      said.put(who, Files.readString(place.resolve(who), StandardCharsets.UTF_8));
    }
    return said;
  }

  private static Process boot(Path place, Path init, String who) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                LINUX.toString(),
                "mem=1200M",
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "quiet",
                "init=" + init,
                "who=" + who,
                "con=null",
                "con0=null,fd:1")
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(place.resolve(who).toFile());
    builder.environment().put("TMPDIR", "/dev/shm");
    builder.environment().put("HOME", place.toString());
    return builder.start();
  }
}
