package dev.quarterdeck.executions.sandbox;

import org.junit.jupiter.api.Nested;

/// Sandboxes that start cold are the same whatever starts them.
class ColdLauncherTest {
  @Nested
  class BySpawn extends ColdLauncherContract {
    @Override
    LocalSandbox open(LocalSandboxSettings settings) {
      return LocalSandbox.open(settings);
    }

    @Override
    String launcher() {
      return "posix_spawn, without a shell";
    }
  }

  @Nested
  class BySpawnWithoutControlGroup extends ColdLauncherContract {
    @Override
    LocalSandbox open(LocalSandboxSettings settings) {
      return LocalSandbox.openWithoutGroups(settings);
    }

    @Override
    String launcher() {
      return "posix_spawn, without a shell";
    }
  }

  @Nested
  class ByTheJdk extends ColdLauncherContract {
    @Override
    LocalSandbox open(LocalSandboxSettings settings) {
      return LocalSandbox.openWithoutSpawn(settings);
    }

    @Override
    String launcher() {
      return "ProcessBuilder and a shell, since switched off";
    }
  }
}
