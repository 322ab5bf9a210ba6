package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Starts runtimes that wait, each with a user id of its own from its start to the end of its run.
/// Started by one thread; ended by any.
final class StandbyMaker {
  private final ColdLauncher cold;
  private final Confinement confinement;
  private final UserIds userIds;
  private final Path gates;
  private final JavaAgent agent;
  private final BitSet numbers = new BitSet();
  private long made;

  /// The user ids of runtimes.
  ///
  /// @param firstSlot number of the first one, as a slot's
  /// @param number how many there are
  /// @param ofSlotZero user id of slot 0; -1 when all are the server's
  record UserIds(int firstSlot, int number, int ofSlotZero) {}

  StandbyMaker(ColdLauncher cold, Confinement confinement, UserIds userIds) throws IOException {
    this.cold = cold;
    this.confinement = confinement;
    this.userIds = userIds;
    Path root = confinement.root().path();
    this.gates = Files.createDirectory(root.resolveSibling("gates"));
    Files.setPosixFilePermissions(gates, PosixFilePermissions.fromString("rwx--x--x"));
    this.agent = new JavaAgent(root, gates);
  }

  /// Starts one and waits until its runtime sleeps.
  ///
  /// @throws IOException it does not; nothing is left
  Standby start(Shape shape) throws IOException {
    boolean withAgent = shape.warmUp() == WarmUp.AGENT;
    List<String> command = new ArrayList<>(shape.run());
    if (withAgent) {
      command.add(1, agent.option(Path.of(command.getFirst())));
    }
    Path place = gates.resolve(Long.toString(made++));
    Task task = shape.task(command, place.resolve("box"));
    String stage = Stage.script(task, confinement.abilities());
    int number = take();
    int slot = userIds.firstSlot() + number;
    int owner = userIds.ofSlotZero() < 0 ? -1 : userIds.ofSlotZero() + slot;
    Gate gate;
    try {
      gate = Gate.make(place, shape.fileName(), withAgent, stage, owner);
    } catch (IOException failed) {
      give(number);
      throw failed;
    }
    return Standby.start(cold, task, gate, slot, () -> give(number));
  }

  /// Whether there is a user id for one more.
  synchronized boolean hasNumber() {
    return numbers.cardinality() < userIds.number();
  }

  private synchronized int take() {
    int number = numbers.nextClearBit(0);
    numbers.set(number);
    return number;
  }

  private synchronized void give(int number) {
    numbers.clear(number);
  }
}
