package dev.quarterdeck.executions.sandbox;

/// Sends signals to processes of the sandbox.
final class Signals {
  private Signals() {}

  /// Sends SIGKILL; does nothing when the process is gone.
  static void kill(long pid) {
    if (pid > 1 && pid != ProcessHandle.current().pid()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
