package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Python interpreter in a sandbox of its own that makes the sandboxes of one place, one after
/// the other: see `zygote/sitecustomize.py`. Each has fresh namespaces and file systems; they share
/// the place's control group and user id. Used by one thread at a time.
final class Zygote {
  /// What the next sandbox is got ready for.
  enum Kind {
    PYTHON('p'),
    OTHER('o');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /// How zygotes are started here.
  ///
  /// @param command of Python, as for a program without arguments
  /// @param environment of Python's programs
  /// @param runs directory for the files of runs
  /// @param tmpBytes size of most runs' file systems
  /// @param files number of most runs' files
  record Plan(
      Confinement confinement,
      LaunchThread thread,
      List<String> command,
      Map<String, String> environment,
      Path options,
      Path runs,
      long tmpBytes,
      int files) {}

  /// Limits of its group before its first run.
  static final RunLimits LIMITS =
      new RunLimits(
          Duration.ofDays(1), Duration.ofDays(1), 256L << 20, 1000, 64, 1 << 20, 1 << 20, 100, 1);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

  private final Plan plan;
  private final int userId;
  private final ZygoteGroups groups;
  private final int control;
  private final long outer;
  private final InputStream log;
  private long pid;
  private long interpreterBytes;
  private Optional<Embryo> embryo = Optional.empty();
  private boolean mourned = true;
  private int born;

  /// The sandbox that waits for its program, with our ends of its pipes.
  ///
  /// @param report descriptor to read what process 1 reports
  record Embryo(
      Kind kind, OutputStream stdin, InputStream stdout, InputStream stderr, int report, int log) {
    void close() {
      Kernel.close(report);
      Kernel.close(log);
      for (AutoCloseable stream : List.of(stdin, stdout, stderr)) {
        try {
          stream.close();
        } catch (Exception closed) {
          // Closing a pipe loses nothing.
          continue;
        }
      }
    }
  }

  private Zygote(
      Plan plan, int userId, ZygoteGroups groups, int control, long outer, InputStream log) {
    this.plan = plan;
    this.userId = userId;
    this.groups = groups;
    this.control = control;
    this.outer = outer;
    this.log = log;
  }

  /// Starts one and waits until it can be used.
  ///
  /// @param groups its own, empty; removed with it
  static Zygote start(Plan plan, int userId, ZygoteGroups groups) throws IOException {
    int[] ours = Kernel.socketPair();
    int[] input = Kernel.pipe();
    int[] output = Kernel.pipe();
    long outer;
    try {
      outer =
          plan.thread()
              .start(
                  List.of("/bin/sh", "-c", script(plan, userId, groups)),
                  Map.of(0, input[0], 1, output[1], 2, output[1], 3, ours[1]));
    } catch (IOException failed) {
      Kernel.close(ours[0]);
      Kernel.close(output[0]);
      groups.clear();
      throw failed;
    } finally {
      Kernel.close(ours[1]);
      Kernel.close(input[0]);
      Kernel.close(input[1]);
      Kernel.close(output[1]);
    }
    Zygote zygote = new Zygote(plan, userId, groups, ours[0], outer, Kernel.reading(output[0]));
    try {
      zygote.greet();
      return zygote;
    } catch (IOException failed) {
      String complaint = zygote.complaint();
      try {
        zygote.destroy();
      } catch (IOException left) {
        failed.addSuppressed(left);
      }
      throw new IOException(failed.getMessage() + ": " + complaint, failed);
    }
  }

  private static String script(Plan plan, int userId, ZygoteGroups groups) {
    StringBuilder script = new StringBuilder();
    for (Path file : groups.joinFiles()) {
      script.append("echo $$ >").append(Stage.quote(file.toString())).append(" || exit 124\n");
    }
    script.append("echo 500 2>/dev/null >/proc/$$/oom_score_adj\n");
    script.append("exec 8<").append(Stage.quote(plan.options().toString()));
    script.append(" 9<").append(Stage.quote(plan.confinement().filter().toString()));
    script.append("\ncd /\nexec ").append(plan.confinement().chain(userId));
    for (String word : plan.command()) {
      script.append(' ').append(Stage.quote(word));
    }
    return script.append('\n').toString();
  }

  private void greet() throws IOException {
    Architecture architecture = Architecture.host().orElseThrow();
    Kernel.send(
        control,
        fields(
            text(SystemCall.CLONE.number(architecture)),
            text(plan.tmpBytes()),
            text(inodes(plan.files())),
            text(Confinement.SHARED_MEMORY_BYTES),
            text(groups.apart() ? "moved" : "")));
    await('z');
    List<Long> tree = ProcessTree.of(outer);
    if (tree.size() != 2) {
      throw new IOException("a zygote has processes " + tree + " (expected: two)");
    }
    pid = tree.getLast();
    interpreterBytes = groups.usedBytes().orElse(0L);
  }

  private void await(char expected) throws IOException {
    int answer = Kernel.receive(control, PATIENCE.toNanos());
    if (answer != expected) {
      throw new IOException("a zygote answered " + answer + " (expected: " + expected + ")");
    }
  }

  /// What it and its children complained of.
  String complaint() {
    try {
      byte[] text = log.readNBytes(Math.min(2000, log.available()));
      return text.length == 0 ? "no message" : new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /// Gets the next sandbox ready. Waits for the end of the one before.
  ///
  /// @param awaited whether a program waits for it: then nothing is rehearsed
  void prepare(Kind kind, boolean awaited) throws IOException {
    if (!mourned) {
      await('e');
      mourned = true;
    }
    groups.renew();
    int[][] pipes = new int[5][];
    for (int i = 0; i < pipes.length; i++) {
      pipes[i] = Kernel.pipe();
      if (i < 3 && plan.confinement().setpriv().isPresent()) {
        Kernel.own(pipes[i][0], userId);
      }
    }
    int[] theirs = {pipes[0][0], pipes[1][1], pipes[2][1], pipes[3][1], pipes[4][1]};
    try {
      char letter = awaited ? Character.toUpperCase(kind.letter) : kind.letter;
      Kernel.send(control, new byte[] {(byte) letter}, theirs);
    } catch (IOException dead) {
      for (int ours : new int[] {pipes[0][1], pipes[1][0], pipes[2][0], pipes[3][0], pipes[4][0]}) {
        Kernel.close(ours);
      }
      throw dead;
    } finally {
      for (int descriptor : theirs) {
        Kernel.close(descriptor);
      }
    }
    Embryo next =
        new Embryo(
            kind,
            Kernel.writing(pipes[0][1]),
            Kernel.reading(pipes[1][0]),
            Kernel.reading(pipes[2][0]),
            pipes[3][0],
            pipes[4][0]);
    mourned = false;
    embryo = Optional.of(next);
    if (groups.apart()) {
      await('c');
      groups.move(pid);
      Kernel.send(control, new byte[] {'g'});
    }
    await('r');
    born++;
  }

  /// The group of the run that begins now, which counts from here on.
  ///
  /// @param asProgram whether the interpreter that waits is a part of the run
  Optional<RunGroup> groupOfRun(RunLimits limits, boolean asProgram) throws IOException {
    return groups.begin(limits, asProgram ? interpreterBytes : 0);
  }

  /// Hands a task over to the sandbox that is ready.
  ///
  /// @param files where those lie that go in and come out
  Embryo hand(Task task, boolean asProgram, String stage, Optional<RunDirectory> files)
      throws IOException {
    Embryo ready = embryo.orElseThrow();
    embryo = Optional.empty();
    boolean direct = asProgram || startsDirectly(task);
    byte[] order =
        fields(
            text(direct ? "program" : "stage"),
            text(task.limits().diskBytes()),
            text(inodes(task.limits().files())),
            text(task.hasBuild() ? "" + Confinement.buildBytes(task.limits()) : ""),
            text(task.fileName()),
            task.program(),
            text(stage),
            text(direct ? "" : plan.confinement().variables(task)),
            text(direct ? limits(task) + '\0' + beginning(task, asProgram) : ""));
    try {
      if (files.isEmpty()) {
        Kernel.send(control, order);
        return ready;
      }
      int given = Kernel.open(files.get().files());
      try {
        Kernel.send(control, order, given);
        return ready;
      } finally {
        Kernel.close(given);
      }
    } catch (IOException failed) {
      ready.close();
      throw failed;
    }
  }

  private String limits(Task task) {
    return Stage.resourceLimits(task.limits(), plan.confinement().abilities());
  }

  /// A program without a compiler needs no stage shell: process 1 does what that would do.
  private static boolean startsDirectly(Task task) {
    return task.compile().isEmpty() && !task.transfers() && task.run().getFirst().startsWith("/");
  }

  /// Arguments of a Python program; of another the number of words, the words, and the variables.
  private String beginning(Task task, boolean asProgram) {
    List<String> words = task.run();
    StringBuilder text = new StringBuilder(asProgram ? "" : Integer.toString(words.size()));
    for (String word : asProgram ? words.subList(plan.command().size(), words.size()) : words) {
      text.append('\0').append(word);
    }
    if (!asProgram) {
      // What the stage shell would set.
      text.append("\0OLDPWD=/tmp\0").append(plan.confinement().variables(task));
      task.variables()
          .forEach((name, value) -> text.append(name).append('=').append(value).append('\0'));
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  /// A bound for the kernel, far above the limit that is watched.
  private static long inodes(int files) {
    return 64L * files;
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// The whole with its length, each field with its own.
  private static byte[] fields(byte[]... fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      bytes.writeBytes(length(field.length));
      bytes.writeBytes(field);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(length(bytes.size()));
    whole.writeBytes(bytes.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
  }

  /// What its next sandbox is ready for.
  Kind readyFor() {
    return embryo.map(Embryo::kind).orElse(Kind.OTHER);
  }

  /// The process that lies around it.
  long outer() {
    return outer;
  }

  /// Memory of it and of what it has ready; 0 when it is gone. Without a control group the sum of
  /// what its processes have in memory of their own, which counts twice what they share.
  long bytes() {
    try {
      Optional<Long> used = groups.usedBytes();
      return used.isPresent()
          ? used.get()
          : ProcessTree.usage(ProcessTree.of(outer), Long.MAX_VALUE).memoryBytes();
    } catch (IOException gone) {
      return 0;
    }
  }

  /// Memory that a started interpreter takes.
  long interpreterBytes() {
    return interpreterBytes;
  }

  /// The process below which the runs are.
  long pid() {
    return pid;
  }

  /// Whether a process of its group is around the runs, not in one.
  boolean isAround(long process) {
    return process == outer || process == pid;
  }

  /// How many sandboxes it has made.
  int born() {
    return born;
  }

  /// Kills it and the run in it. Its outer bubblewrap reaps it, so that no zombie is left to the
  /// host.
  void kill() {
    Signals.kill(pid == 0 ? outer : pid);
  }

  /// Ends it with everything that it made, and frees its group.
  void destroy() throws IOException {
    kill();
    embryo.ifPresent(Embryo::close);
    embryo = Optional.empty();
    Kernel.close(control);
    Spawn.reap(outer, LAST_PATIENCE);
    log.close();
    groups.clear();
  }
}
