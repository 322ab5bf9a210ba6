package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SandboxReport.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at what the host offers, one finding for each thing, with the remedy for what is missing.
final class HostProbe {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
  private static final Path ACTIONS = Path.of("/proc/sys/kernel/seccomp/actions_avail");
  static final String SELF_TEST = "self-test";

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  /// Looked at by any thread; a thread in the background adds to it, too.
  private final List<Finding> findings = new CopyOnWriteArrayList<>();

  /// What was found so far, in the order of looking.
  List<Finding> findings() {
    return findings;
  }

  void found(String name, String detail) {
    findings.add(new Finding(name, true, detail, ""));
  }

  void missing(String name, String detail, String remedy) {
    findings.add(new Finding(name, false, detail, remedy));
  }

  /// Whether the server runs as root.
  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException noProc) {
      return false;
    }
  }

  Optional<Architecture> architecture() {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      missing(
          "operating system",
          System.getProperty("os.name", "unknown"),
          "run code on Linux, or set EXECUTION_BACKEND=kubernetes");
      return Optional.empty();
    }
    Optional<Architecture> architecture = Architecture.host();
    architecture.ifPresentOrElse(
        found -> found("processor", found.name().toLowerCase(java.util.Locale.ROOT)),
        () ->
            missing(
                "processor",
                System.getProperty("os.arch", "unknown"),
                "run code on x86-64 or aarch64, or set EXECUTION_BACKEND=kubernetes"));
    return architecture;
  }

  boolean seccomp() {
    String actions = "";
    try {
      actions = Files.readString(ACTIONS, StandardCharsets.US_ASCII).strip();
    } catch (IOException absent) {
      missing(
          "seccomp",
          ACTIONS + " cannot be read: " + absent,
          "boot a kernel with CONFIG_SECCOMP_FILTER=y, or mount /proc/sys in this container");
      return false;
    }
    if (!actions.contains("errno") || !actions.contains("kill_process")) {
      missing("seccomp", "actions " + actions, "boot a kernel of 4.14 or newer");
      return false;
    }
    found("seccomp", actions);
    return true;
  }

  /// The major and minor version of bubblewrap as one number, 8 for 0.8.
  Optional<Integer> bubblewrap(Path bubblewrap) {
    Optional<HostTools.Answer> answer = HostTools.ask(List.of(bubblewrap.toString(), "--version"));
    if (answer.isEmpty() || answer.get().exit() != 0) {
      missing("bubblewrap", bubblewrap + " is not there", "apt-get install bubblewrap");
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(answer.get().text());
    if (!version.find()) {
      missing("bubblewrap", answer.get().text(), "apt-get install bubblewrap");
      return Optional.empty();
    }
    int number = 1000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
    if (number < 7) {
      missing(
          "bubblewrap",
          version.group() + " (expected: 0.7 or newer)",
          "upgrade the distribution (Debian 12 has 0.8)");
      return Optional.empty();
    }
    found("bubblewrap", version.group());
    return Optional.of(number);
  }

  /// As root: the tool that changes the user id, without which nothing may start.
  Optional<Path> setpriv() {
    if (Files.isExecutable(SETPRIV)) {
      found("setpriv", "each run has a user id of its own");
      return Optional.of(SETPRIV);
    }
    missing(
        "setpriv",
        "as root, programs need user ids of their own; " + SETPRIV + " is not there",
        "apt-get install util-linux");
    return Optional.empty();
  }

  boolean resetsSignals() {
    boolean resets =
        HostTools.ask(List.of("/usr/bin/env", "--default-signal", "/bin/true"))
            .filter(answer -> answer.exit() == 0)
            .isPresent();
    if (resets) {
      found("signals", "programs start with default signal actions");
    } else {
      missing(
          "signals",
          "programs start with SIGINT and SIGQUIT ignored",
          "apt-get install coreutils (8.31 or newer)");
    }
    return resets;
  }

  /// Whether sandboxes are started without the JDK and without a shell.
  ///
  /// @param obstacle what keeps this host from it
  boolean spawns(Optional<String> obstacle) {
    if (obstacle.isPresent()) {
      missing(
          "launcher",
          "ProcessBuilder and a shell, since " + obstacle.get(),
          "nothing breaks; runs that start cold take longer (glibc 2.34 and Linux"
              + " 5.3 have what is needed)");
      return false;
    }
    found("launcher", "posix_spawn, without a shell");
    return true;
  }

  /// Whether programs can be confined without namespaces, and if not, why.
  boolean landlock() {
    if (isRoot()) {
      missing(
          "landlock",
          "level L1 is not for root, whose programs it could not hold",
          "run the server as an ordinary user");
      return false;
    }
    try {
      int abi = Landlock.abi();
      if (abi < Landlock.LEAST_ABI) {
        missing(
            "landlock",
            "version " + abi + " (expected: " + Landlock.LEAST_ABI + ", which limits signals)",
            "boot Linux 6.12 or newer");
        return false;
      }
      // A kernel may count to a version without all of it.
      Kernel.close(new Landlock(Architecture.host().orElseThrow()).ruleset());
      for (Path tool : List.of(SETPRIV, SETSID)) {
        if (!Files.isExecutable(tool)) {
          missing("landlock", tool + " is not there", "apt-get install util-linux");
          return false;
        }
      }
      found("landlock", "version " + abi);
      return true;
    } catch (IOException refused) {
      missing(
          "landlock",
          refused.toString(),
          "boot Linux 6.12 or newer with landlock in its list of security modules (lsm=landlock,…);"
              + " in Docker: version 23 or newer");
      return false;
    }
  }

  /// Whether a self-test found a defence that does not hold.
  boolean distrusts() {
    return findings.stream().anyMatch(found -> found.name().equals(SELF_TEST) && !found.ok());
  }

  Optional<ControlGroups> controlGroups(String name) {
    List<String> refusals = new ArrayList<>();
    try {
      HostGroups host = HostGroups.read();
      if (host.v1().keySet().containsAll(ControlGroupsV1.CONTROLLERS)) {
        try {
          return found(new ControlGroupsV1(host.v1(), name));
        } catch (IOException refused) {
          refusals.add("cgroup v1: " + refused);
        }
      }
      if (host.v2().isPresent()) {
        try {
          return found(new ControlGroupsV2(host.v2().get(), name));
        } catch (IOException refused) {
          refusals.add("cgroup v2: " + refused);
        }
      }
    } catch (IOException unreadable) {
      refusals.add(unreadable.toString());
    }
    missing(
        "control groups",
        String.join("; ", refusals),
        "start the server with: systemd-run --user --scope -p Delegate=yes ./quarterdeck serve"
            + " (in a systemd unit: Delegate=yes; in Docker: --cgroupns=private and a writable"
            + " /sys/fs/cgroup)");
    return Optional.empty();
  }

  private Optional<ControlGroups> found(ControlGroups groups) {
    found("control groups", groups.version());
    return Optional.of(groups);
  }

  /// What keeps user namespaces from working, judged by what bubblewrap said.
  void namespacesMissing(String message) {
    String remedy;
    if (message.contains("uid map") || message.contains("uid_map")) {
      remedy =
          "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
              + " (or an AppArmor profile for bwrap that allows userns)";
    } else if (message.contains("proc")) {
      remedy = "in Docker: --security-opt systempaths=unconfined";
    } else {
      remedy =
          "sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000 (in Docker:"
              + " --security-opt seccomp=unconfined --security-opt apparmor=unconfined; in"
              + " Kubernetes: seccompProfile Unconfined, procMount Unmasked with hostUsers false)";
    }
    missing("user namespaces", message, remedy);
  }
}
