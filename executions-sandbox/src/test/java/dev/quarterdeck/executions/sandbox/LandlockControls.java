package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hostile programs as the ordinary user, restricted as level L1 restricts, and again with one
/// defence off. Prints of each attempt what was off and whether it escaped. All that they can reach
/// is a file, a listener and a process of this class.
final class LandlockControls {
  private static final int CREATE_RULESET = 444;
  private static final long ALL_FILES = (1 << 16) - 1;
  private static final long ALL_PORTS = 3;
  private static final long ALL_SCOPES = 3;

  /// What of the restriction there is.
  ///
  /// @param files what Landlock decides of files, `ports` and `scopes` likewise
  /// @param filter whether there is the filter of system calls
  /// @param open a place that may be read and changed though it should not
  private record Restriction(
      String off, long files, long ports, long scopes, boolean filter, Optional<Path> open) {}

  private record Attack(String name, String program, List<Restriction> restrictions) {}

  private final Architecture architecture = Architecture.host().orElseThrow();
  private final Landlock landlock = new Landlock(architecture);
  private final Path home;

  private LandlockControls(Path home) {
    this.home = home;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (Landlock.abi() < Landlock.LEAST_ABI) {
      System.out.println("not possible");
      return;
    }
    Path home = Path.of(arguments[0]);
    Process helper = new ProcessBuilder("/bin/sleep", "600").start();
    try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      new LandlockControls(home).tryAll(helper.pid(), listener.getLocalPort());
    } finally {
      helper.destroyForcibly();
    }
    System.out.println("the end");
  }

  private static Restriction whole() {
    return new Restriction("nothing", ALL_FILES, ALL_PORTS, ALL_SCOPES, true, Optional.empty());
  }

  private void tryAll(long helper, int port) throws IOException, InterruptedException {
    Path marker = Files.writeString(home.resolve("marker"), "secret");
    Restriction noPlaces =
        new Restriction("places", ALL_FILES, ALL_PORTS, ALL_SCOPES, true, Optional.of(home));
    Restriction noFiles =
        new Restriction("files", 0, ALL_PORTS, ALL_SCOPES, true, Optional.empty());
    Restriction noFilter =
        new Restriction("filter", ALL_FILES, ALL_PORTS, ALL_SCOPES, false, Optional.empty());
    Restriction noPorts =
        new Restriction("filter and ports", ALL_FILES, 0, ALL_SCOPES, false, Optional.empty());
    Restriction noScopes =
        new Restriction("scopes", ALL_FILES, ALL_PORTS, 0, true, Optional.empty());
    List<Attack> attacks =
        List.of(
            new Attack(
                "read",
                "assert open('%s').read() == 'secret'".formatted(marker),
                List.of(whole(), noPlaces, noFiles)),
            new Attack(
                "write",
                "open('%s', 'w').write('x')".formatted(home.resolve("written")),
                List.of(whole(), noPlaces, noFiles)),
            new Attack(
                "look into the server",
                "open('/proc/%d/cmdline', 'rb').read()".formatted(ProcessHandle.current().pid()),
                List.of(whole(), noFiles)),
            new Attack(
                "connect",
                "import socket; socket.create_connection(('127.0.0.1', %d))".formatted(port),
                List.of(whole(), noFilter, noPorts)),
            new Attack("signal", "os.kill(%d, 0)".formatted(helper), List.of(whole(), noScopes)),
            new Attack(
                "shared memory",
                "import ctypes; c = ctypes.CDLL(None); n = c.shmget(0, 4096, 0o1600); assert n >="
                    + " 0; c.shmctl(n, 0, None)",
                List.of(whole(), noFilter)));
    rehearse();
    for (Attack attack : attacks) {
      for (Restriction restriction : attack.restrictions()) {
        System.out.println(
            "%s without %s: %s"
                .formatted(
                    attack.name(), restriction.off(), attempt(attack.program(), restriction)));
      }
    }
  }

  /// A restricted thread can load no class.
  private void rehearse() throws IOException, InterruptedException {
    attempt("pass", new Restriction("almost all", 0, 0, ALL_SCOPES, false, Optional.empty()));
  }

  private String attempt(String attack, Restriction by) throws IOException, InterruptedException {
    String program =
        """
        import os
        try:
            %s
            print('ESCAPED')
        except BaseException as refusal:
            print('contained', repr(refusal))
        """
            .formatted(attack);
    int[] input = Kernel.pipe();
    int[] output = Kernel.pipe();
    int ruleset = ruleset(by);
    byte[] filter = by.filter() ? SeccompFilter.compileWithoutNamespaces(architecture) : allowAll();
    List<String> command = List.of("/usr/bin/python3", "-I", "-S", "-B", "-c", program);
    Map<Integer, Integer> descriptors = Map.of(0, input[0], 1, output[1], 2, output[1]);
    long[] pid = new long[1];
    Throwable[] failure = new Throwable[1];
    Thread restricted =
        new Thread(
            () -> {
              try {
                landlock.restrict(ruleset, filter);
                pid[0] = Spawn.start(command, descriptors);
              } catch (IOException | RuntimeException | Error failed) {
                failure[0] = failed;
              }
            });
    restricted.start();
    restricted.join();
    for (int descriptor : new int[] {ruleset, input[0], input[1], output[1]}) {
      Kernel.close(descriptor);
    }
    try (InputStream said = Kernel.reading(output[0])) {
      if (failure[0] != null) {
        return "not tried: " + failure[0];
      }
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
      Spawn.reap(pid[0], Duration.ofSeconds(60));
      return text;
    }
  }

  private int ruleset(Restriction by) throws IOException {
    int ruleset;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handled = arena.allocate(24, 8);
      handled.set(ValueLayout.JAVA_LONG, 0, by.files());
      handled.set(ValueLayout.JAVA_LONG, 8, by.ports());
      handled.set(ValueLayout.JAVA_LONG, 16, by.scopes());
      ruleset =
          (int)
              Syscalls.must(
                  "landlock_create_ruleset", CREATE_RULESET, handled.address(), 24, 0, 0, 0);
    }
    if (by.files() != 0) {
      for (String place : List.of("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache")) {
        landlock.read(ruleset, Path.of(place));
      }
      landlock.device(ruleset, Path.of("/dev/urandom"));
      if (by.open().isPresent()) {
        landlock.read(ruleset, by.open().get());
        landlock.change(ruleset, by.open().get());
      }
    }
    return ruleset;
  }

  /// A filter of one instruction, which allows.
  private static byte[] allowAll() {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 6)
        .put((byte) 0)
        .put((byte) 0)
        .putInt(0x7FFF0000)
        .array();
  }
}
