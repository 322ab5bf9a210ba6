package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The program inside the User Mode Linux: the limits that control groups enforce, tried at L3.
final class UserModeLinuxGuest {
  /// Programs whose verdict rests on a control group.
  static final Set<String> PROGRAMS =
      Set.of(
          "fork bomb",
          "loop that takes turns in children nobody waits for",
          "swarm of daemons",
          "daemon that forks anew all the time",
          "memory bomb of 20 children",
          "million files",
          "writes to the system",
          "capabilities and privileges",
          "process 1",
          "mount",
          "forged report");

  /// The most telling of them: enough for the second user in the same place.
  static final Set<String> FEW =
      Set.of("fork bomb", "swarm of daemons", "memory bomb of 20 children");

  private UserModeLinuxGuest() {}

  static Set<String> programs(String who) {
    return who.endsWith("root") ? FEW : PROGRAMS;
  }

  /// Those that are tried in sandboxes which were ready.
  static Set<String> ahead(String who) {
    return who.endsWith("root") ? Set.of("fork bomb", "memory bomb of 20 children") : Set.of();
  }

  /// Processor time counts many times here: only what is about it keeps its limit.
  static HostileProgram patient(HostileProgram program) {
    return program.verdicts().contains(Verdict.CPU_TIME_LIMIT)
        ? program
        : Defence.WALL_TIME.raise(Defence.CPU_TIME.raise(program));
  }

  public static void main(String[] arguments) throws IOException {
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(Path.of(arguments[0], "sandbox"), "L3", AbuseSuite.SLOTS)
            .withFirstUserId(AbuseSuite.firstUserId());
    try (LocalSandbox sandbox = LocalSandbox.open(settings)) {
      sandbox.report().findings().forEach(finding -> System.out.println("finding " + finding));
      System.out.println("level " + sandbox.report().level());
      try (AbuseSuite suite = AbuseSuite.on(sandbox)) {
        HostState before = HostState.now(settings);
        for (HostileProgram program : suite.programs()) {
          if (programs(arguments[0]).contains(program.name())) {
            List<String> failures = suite.attempt(patient(program)).failures();
            System.out.println(
                failures.isEmpty() ? "held " + program.name() : "FAILED " + program + failures);
          }
        }
        HostState after = HostState.now(settings);
        System.out.println(after.equals(before) ? "as before" : "FAILED " + before + after);
      }
    }
    UserModeLinuxAhead.attempt(Path.of(arguments[0], "ahead"), ahead(arguments[0]));
    System.out.println("ahead groups left " + HostState.groups(Path.of(arguments[0], "ahead")));
    System.out.println("groups left " + HostState.groups(Path.of(arguments[0], "sandbox")));
  }
}
