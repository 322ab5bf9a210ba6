package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How sandboxes are built on this host: the parts that the probe found, and the command lines that
/// follow from them.
///
/// @param setpriv changes the user id first; present exactly when the server is root. Bubblewrap
///   itself must never start as root: `--uid` only renames, the kernel would still see root
/// @param root the prepared root directory
/// @param filter file of the compiled system call filter
/// @param proc whether `/proc` can be mounted; a container may forbid it, and then there is none
/// @param disablesUserNamespaces whether this bubblewrap can (since 0.8); the filter refuses them
///   anyway
record Confinement(
    Path bubblewrap,
    Optional<Path> setpriv,
    RootDirectory root,
    Path filter,
    boolean proc,
    boolean disablesUserNamespaces,
    Stage.Abilities abilities,
    Optional<ControlGroups> groups) {
  static final String GUEST_ID = "65534";

  private static final List<String> STAGE_COMMAND = List.of("/.stage/sh", "/box/.stage");

  /// Where the zygote's script is in the root directory.
  static final String ZYGOTE_DIRECTORY = "/.stage/zygote";

  static final long SHARED_MEMORY_BYTES = 16L << 20;

  /// Size of the file system in which a compiler works.
  static long buildBytes(RunLimits limits) {
    return Math.max(limits.diskBytes(), 64L << 20);
  }

  /// The same where `/proc` cannot be mounted.
  Confinement withoutProc() {
    return new Confinement(
        bubblewrap, setpriv, root, filter, false, disablesUserNamespaces, abilities, groups);
  }

  /// The script of the launching shell, whose working directory is the run directory. It waits for
  /// one line on its standard input, so that the pipes can be given to the slot's user before.
  String launchScript(Task task, int userId, List<Path> joinFiles) {
    StringBuilder script = new StringBuilder("IFS= read -r go || exit 125\nexec 5>&2 2>log\n");
    for (Path file : joinFiles) {
      script.append("echo $$ >").append(Stage.quote(file.toString())).append(" || exit 124\n");
    }
    // The program dies before the server when the host itself runs out of memory.
    script.append("echo 1000 2>/dev/null >/proc/$$/oom_score_adj\n");
    script.append("exec 4<&0 6>report 8<options");
    script.append(task.box().isPresent() ? " 9<" : " 3<stage 7<program 9<");
    script.append(Stage.quote(filter.toString()));
    // The stage reads its standard input, the program gets descriptor 4.
    script.append(task.transfers() ? " 0<>files" : "").append("\ncd /\nexec ");
    script.append(chain(userId));
    return script.append(' ').append(String.join(" ", STAGE_COMMAND)).append('\n').toString();
  }

  /// The command that does the same without a shell: its descriptors are open, and before it gets
  /// its options by descriptor 8 it is put into its control group.
  List<String> launchCommand(int userId) {
    List<String> words = new ArrayList<>(changingUser(userId));
    words.addAll(List.of(bubblewrap.toString(), "--args", "8"));
    words.addAll(STAGE_COMMAND);
    return words;
  }

  /// The command line that changes the user and builds a sandbox with the options of descriptor 8;
  /// what shall run in it follows.
  String chain(int userId) {
    StringBuilder chain = new StringBuilder();
    changingUser(userId).forEach(word -> chain.append(Stage.quote(word)).append(' '));
    return chain.append(Stage.quote(bubblewrap.toString())).append(" --args 8").toString();
  }

  private List<String> changingUser(int userId) {
    String id = Integer.toString(userId);
    return setpriv
        .map(
            path ->
                List.of(
                    path.toString(),
                    "--reuid",
                    id,
                    "--regid",
                    id,
                    "--clear-groups",
                    "--inh-caps=-all"))
        .orElse(List.of());
  }

  /// Bubblewrap's options for a task, as its `--args` file holds them.
  String options(Task task) {
    List<String> options = new ArrayList<>();
    if (disablesUserNamespaces) {
      options.add("--disable-userns");
    }
    common(options, task.environment(), task.binds());
    tmpfs(options, SHARED_MEMORY_BYTES, "/dev/shm");
    tmpfs(options, task.limits().diskBytes(), "/tmp");
    if (task.hasBuild()) {
      tmpfs(options, buildBytes(task.limits()), "/build");
    }
    if (task.box().isPresent()) {
      options.addAll(List.of("--ro-bind", task.box().get().toString(), "/box"));
    } else {
      options.addAll(List.of("--size", Long.toString(task.program().length + (1L << 20))));
      add(options, "--tmpfs /box --perms 0555 --file 7");
      options.add("/box/" + task.fileName());
      add(options, "--perms 0444 --file 3 /box/.stage --remount-ro /box");
    }
    add(options, "--chdir /tmp --seccomp 9");
    return String.join("\0", options) + "\0";
  }

  /// Bubblewrap's options for a zygote: the same sandbox, but without the system call filter, and
  /// with the right to make user namespaces; it makes sandboxes and runs nobody's program.
  String zygoteOptions(Map<String, String> environment) {
    List<String> options = new ArrayList<>();
    common(options, environment, List.of());
    tmpfs(options, 1 << 20, "/tmp");
    // The stage shell would set OLDPWD.
    add(options, "--chdir /tmp --setenv OLDPWD /tmp --setenv PYTHONPATH", ZYGOTE_DIRECTORY);
    return String.join("\0", options) + "\0";
  }

  private void common(List<String> options, Map<String, String> environment, List<Path> binds) {
    add(options, "--unshare-all --unshare-user --uid", GUEST_ID, "--gid", GUEST_ID);
    add(options, "--die-with-parent --new-session --as-pid-1 --cap-drop ALL --clearenv");
    options.addAll(List.of("--hostname", "sandbox"));
    usualVariables().forEach((name, value) -> options.addAll(List.of("--setenv", name, value)));
    environment.forEach((name, value) -> options.addAll(List.of("--setenv", name, value)));
    options.addAll(List.of("--ro-bind", root.path().toString(), "/"));
    for (Path system : root.systemDirectories()) {
      options.addAll(List.of("--ro-bind", system.toString(), system.toString()));
    }
    for (Path bind : binds) {
      options.addAll(List.of("--ro-bind", bind.toString(), bind.toString()));
    }
    if (proc) {
      add(options, "--proc /proc");
    }
    add(options, "--dev-bind /dev/null /dev/null --dev-bind /dev/zero /dev/zero");
    add(options, "--dev-bind /dev/urandom /dev/urandom --dev-bind /dev/random /dev/random");
  }

  /// The environment that every program has at every level.
  static Map<String, String> usualVariables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    variables.put("HOME", "/tmp");
    variables.put("LANG", "C.UTF-8");
    return variables;
  }

  /// The environment of the stage of a task that bubblewrap did not start, as `NAME=VALUE` with a
  /// NUL after each.
  String variables(Task task) {
    Map<String, String> variables = usualVariables();
    variables.putAll(task.environment());
    variables.put("PWD", "/tmp");
    StringBuilder text = new StringBuilder();
    variables.forEach((name, value) -> text.append(name).append('=').append(value).append('\0'));
    return text.toString();
  }

  private static void tmpfs(List<String> options, long size, String path) {
    options.addAll(List.of("--perms", "1777", "--size", Long.toString(size), "--tmpfs", path));
  }

  private static void add(List<String> options, String words, String... more) {
    options.addAll(List.of(words.split(" ", -1)));
    options.addAll(List.of(more));
  }
}
