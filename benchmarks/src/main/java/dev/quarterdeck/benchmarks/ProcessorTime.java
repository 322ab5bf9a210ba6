package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processor time spent since some moment, in milliseconds, in steps of ten.
///
/// @param machineMillis of all processors of this machine: whoever else works on it counts, too
/// @param otherMillis of one other process without its children
/// @param ownMillis of this process without its children
record ProcessorTime(long machineMillis, long otherMillis, long ownMillis) {
  private static final long MILLIS_PER_TICK = 10;

  static ProcessorTime now(long otherProcess) throws IOException {
    return new ProcessorTime(
        machine(), process(otherProcess), process(ProcessHandle.current().pid()));
  }

  ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(
        machineMillis - before.machineMillis,
        otherMillis - before.otherMillis,
        ownMillis - before.ownMillis);
  }

  private static long machine() throws IOException {
    String[] ticks = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
    long busy = 0;
    for (int i = 1; i < ticks.length; i++) {
      // Fields 4 and 5 are idle and waiting for input; 9 and 10 are counted in 1 and 2.
      busy += i == 4 || i == 5 || i > 8 ? 0 : Long.parseLong(ticks[i]);
    }
    return busy * MILLIS_PER_TICK;
  }

  private static long process(long id) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + id + "/stat"));
    // The name of the program, in parentheses, may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
  }
}
