package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// The agent that warms a Java machine and waits for its program: built by the host's own compiler,
/// so that it suits the host's Java, whatever version that is. Used by one thread.
final class JavaAgent {
  private static final String SOURCE = "agent/WaitingAgent.java";

  /// Of a package, so that no program has a class of this name.
  private static final String CLASS = "dev.quarterdeck.ahead.WaitingAgent";

  /// What the agent lets the machine compile and run.
  private static final String PROGRAM = "Warm.java";

  private static final Set<PosixFilePermission> READ_ONLY =
      PosixFilePermissions.fromString("r--r--r--");

  private final Path directory;
  private final Path place;
  private final Map<Path, String> options = new HashMap<>();

  /// @param root directory that sandboxes see as `/`
  /// @param place directory for what is needed while it is built
  JavaAgent(Path root, Path place) {
    this.directory = root.resolve(".stage");
    this.place = place;
  }

  /// The option that starts a Java machine with it.
  ///
  /// @param java of the machine
  /// @throws IOException it could not be built
  String option(Path java) throws IOException {
    String known = options.get(java);
    if (known == null) {
      String jar = "agent-" + options.size() + ".jar";
      build(java, directory.resolve(jar));
      Path program = directory.resolve(PROGRAM);
      if (!Files.exists(program)) {
        Files.write(program, Languages.resource("agent/" + PROGRAM));
        Files.setPosixFilePermissions(program, READ_ONLY);
      }
      known = "-javaagent:/.stage/" + jar + "=/box/" + Gate.AGENT_FILE + ",/.stage/" + PROGRAM;
      options.put(java, known);
    }
    return known;
  }

  private void build(Path java, Path jar) throws IOException {
    Path work = Files.createTempDirectory(place, "agent");
    try {
      Path source = work.resolve("WaitingAgent.java");
      Files.write(source, Languages.resource(SOURCE));
      Path classes = Files.createDirectory(work.resolve("classes"));
      List<String> command =
          List.of(
              java.resolveSibling("javac").toString(),
              "-J-XX:-UsePerfData",
              "-proc:none",
              "-d",
              classes.toString(),
              source.toString());
      Optional<HostTools.Answer> answer = HostTools.ask(command);
      if (answer.isEmpty() || answer.get().exit() != 0) {
        throw new IOException(
            "the agent could not be compiled: "
                + answer.map(HostTools.Answer::text).orElse(command.getFirst() + " did not end"));
      }
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().putValue("Premain-Class", CLASS);
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(file, manifest);
          Stream<Path> built = Files.walk(classes)) {
        for (Path each : built.filter(Files::isRegularFile).toList()) {
          entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
          entries.write(Files.readAllBytes(each));
        }
      }
      Files.setPosixFilePermissions(jar, READ_ONLY);
    } finally {
      RootDirectory.delete(work);
    }
  }
}
