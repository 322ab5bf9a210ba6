package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Programs run on this machine by fork and exec: bare, or in `isolate` where that is installed.
final class BareRival {
  private static final int BOXES = 64;
  private static final AtomicInteger NEXT_BOX = new AtomicInteger();
  private static final ThreadLocal<Integer> BOX =
      ThreadLocal.withInitial(() -> NEXT_BOX.getAndIncrement() % BOXES);

  private final Path directory;

  BareRival(Path directory) throws IOException {
    this.directory = directory;
    for (HelloWorld hello : HelloWorld.ALL) {
      Files.writeString(directory.resolve(hello.fileName()), hello.source());
    }
  }

  /// Where the programs are.
  Path directory() {
    return directory;
  }

  static boolean hasIsolate() {
    return Files.isExecutable(Path.of("/usr/bin/isolate"))
        || Files.isExecutable(Path.of("/usr/local/bin/isolate"));
  }

  void run(HelloWorld hello) throws IOException, InterruptedException {
    expectHello(here(hello.bare()));
  }

  /// What a judge does with it: make the box, put the program in, run, clear the box.
  void isolated(HelloWorld hello) throws IOException, InterruptedException {
    String box = Integer.toString(BOX.get());
    String place = output(here(List.of("isolate", "--box-id=" + box, "--init"))).strip();
    Files.copy(
        directory.resolve(hello.fileName()),
        Path.of(place).resolve("box").resolve(hello.fileName()));
    List<String> command =
        new ArrayList<>(
            List.of("isolate", "--box-id=" + box, "--silent", "--processes=64", "--run", "--"));
    command.addAll(hello.bare());
    expectHello(here(command));
    output(here(List.of("isolate", "--box-id=" + box, "--cleanup")));
  }

  private ProcessBuilder here(List<String> command) {
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  /// Runs a command that must write `hello` and nothing else.
  static void expectHello(ProcessBuilder command) throws IOException, InterruptedException {
    String output = output(command);
    if (!output.equals("hello\n")) {
      throw new IOException(command.command() + " wrote " + output);
    }
  }

  private static String output(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.start();
    byte[] output;
    try (InputStream stream = process.getInputStream()) {
      output = stream.readAllBytes();
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          command.command()
              + " failed: "
              + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return new String(output, StandardCharsets.UTF_8);
  }
}
