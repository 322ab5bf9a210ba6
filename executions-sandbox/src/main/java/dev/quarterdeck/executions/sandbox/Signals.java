package dev.quarterdeck.executions.sandbox;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Sends signals to processes of the sandbox.
final class Signals {
  @SuppressWarnings("restricted")
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Signals() {}

  /// Sends SIGKILL; does nothing when the process is gone.
  static void kill(long pid) {
    if (pid > 1 && pid != ProcessHandle.current().pid()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /// Sends a signal.
  ///
  /// @return whether there was such a process
  static boolean send(long pid, int number) {
    if (pid <= 1 || pid == ProcessHandle.current().pid()) {
      return false;
    }
    try {
      return (int) KILL.invokeExact((int) pid, number) == 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException("kill", impossible);
    }
  }
}
