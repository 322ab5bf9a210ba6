package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;

/// Where a started runtime waits for its program: a directory of the host that one sandbox sees,
/// read-only, as `/box`. In it a named pipe stands for what is still to come; whoever opens it
/// sleeps. When the program comes its file takes the place of the pipe, so nothing of the waiting
/// can be seen afterwards. Used by one thread at a time.
///
/// A runtime sleeps on the program's file itself; an agent on a file beside it, which then goes.
final class Gate {
  /// On what an agent waits.
  static final String AGENT_FILE = ".gate";

  private final Path place;
  private final Path program;
  private final Path pipe;
  private final int owner;
  private int writer = -1;

  private Gate(Path place, Path program, Path pipe, int owner) {
    this.place = place;
    this.program = program;
    this.pipe = pipe;
    this.owner = owner;
  }

  /// Makes one, closed.
  ///
  /// @param place absent, in a directory that the sandbox's user can reach
  /// @param fileName of the program
  /// @param stage the script that starts the runtime
  /// @param owner user id of the sandbox; -1 for the server's own
  static Gate make(Path place, String fileName, boolean agent, String stage, int owner)
      throws IOException {
    Files.createDirectory(place);
    Path box = place.resolve("box");
    Path program = box.resolve(fileName);
    Gate gate = new Gate(place, program, agent ? box.resolve(AGENT_FILE) : program, owner);
    try {
      Files.createDirectory(box);
      gate.grant(box, "rwxr-xr-x");
      gate.grant(place, "rwx------");
      Path script = box.resolve(".stage");
      Files.writeString(script, stage, StandardCharsets.UTF_8);
      gate.grant(script, "r--r--r--");
      if (agent) {
        Files.createFile(program);
        gate.grant(program, "r-xr-xr-x");
      }
      Fifo.make(gate.pipe);
      gate.grant(gate.pipe, "rwx------");
      return gate;
    } catch (IOException failed) {
      gate.close();
      throw failed;
    }
  }

  private void grant(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    if (owner >= 0) {
      Files.setAttribute(path, "unix:uid", owner);
      Files.setAttribute(path, "unix:gid", owner);
    }
  }

  /// What the sandbox sees as `/box`.
  Path box() {
    return place.resolve("box");
  }

  /// Whether somebody waits at it.
  boolean reached() throws IOException {
    if (writer < 0) {
      OptionalInt opened = Fifo.openForWriting(pipe);
      if (opened.isPresent()) {
        writer = opened.getAsInt();
      }
    }
    return writer >= 0;
  }

  /// Puts the program in its place and wakes who waits.
  ///
  /// @throws IOException nobody waits any more, or the host could not; then it must be closed, and
  ///   the sandbox must not go on
  void open(byte[] source) throws IOException {
    if (writer < 0) {
      throw new IOException("nobody waits at " + pipe);
    }
    Path coming = place.resolve("program");
    Files.write(coming, source);
    grant(coming, "r-xr-xr-x");
    Files.move(coming, program, StandardCopyOption.ATOMIC_MOVE);
    boolean agent = !pipe.equals(program);
    if (agent) {
      Files.delete(pipe);
    }
    Fifo.write(writer, agent ? new byte[] {'\n'} : source);
    Kernel.close(writer);
    writer = -1;
  }

  /// Removes it. Nobody is in the sandbox any more.
  void close() throws IOException {
    if (writer >= 0) {
      Kernel.close(writer);
      writer = -1;
    }
    RootDirectory.delete(place);
  }
}
