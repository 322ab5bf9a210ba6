package dev.quarterdeck.executions.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The directory of one run on the host: what the launching shell opens and hands over by
/// descriptor. The program never sees it.
///
/// @param archived length of the archive of the files that go in; what comes out follows it
record RunDirectory(Path path, long archived) {
  private static final List<String> FILES =
      List.of("program", "files", "stage", "options", "report", "log");
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final int LOG_BYTES = 2000;

  static RunDirectory make(Path path, Task task, String stage, String options) throws IOException {
    Files.createDirectory(path);
    RunDirectory directory = new RunDirectory(path, 0);
    try {
      Files.write(path.resolve("program"), task.program());
      if (task.transfers()) {
        directory = new RunDirectory(path, directory.writeFiles(task));
      }
      Files.writeString(path.resolve("stage"), stage);
      Files.writeString(path.resolve("options"), options);
      return directory;
    } catch (IOException failed) {
      directory.deleteQuietly(failed);
      throw failed;
    }
  }

  /// One for a sandbox that was ready: with nothing but the files that go in and come out; none
  /// when there are none.
  ///
  /// @param runs where it is made
  static Optional<RunDirectory> ofFiles(Path runs, Task task) throws IOException {
    if (!task.transfers()) {
      return Optional.empty();
    }
    Path path = Files.createDirectory(runs.resolve("ready-" + NUMBER.incrementAndGet()));
    RunDirectory directory = new RunDirectory(path, 0);
    try {
      return Optional.of(new RunDirectory(path, directory.writeFiles(task)));
    } catch (IOException failed) {
      directory.deleteQuietly(failed);
      throw failed;
    }
  }

  /// @return length of what goes in
  private long writeFiles(Task task) throws IOException {
    try (OutputStream files = new BufferedOutputStream(Files.newOutputStream(files()))) {
      long length = task.files().isEmpty() ? 0 : TarFile.write(files, task.files());
      if (task.prebuilt().isPresent()) {
        byte[] archive = task.prebuilt().get().archive();
        files.write(archive);
        length += archive.length;
      }
      return length;
    }
  }

  /// What goes in, and behind it what comes out.
  Path files() {
    return path.resolve("files");
  }

  /// What the stage reported so far.
  StageReport report() throws IOException {
    Path report = path.resolve("report");
    return StageReport.parse(
        Files.exists(report) ? Files.readAllLines(report, StandardCharsets.UTF_8) : List.of());
  }

  /// What the stage wrote after what went in.
  Transferred transferred(Task task, StageReport report) throws IOException {
    if (task.keeper().isEmpty() && !task.out().any()) {
      return Transferred.nothing(task, "");
    }
    try (FileChannel file = FileChannel.open(files(), StandardOpenOption.READ)) {
      file.position(archived);
      return Transferred.read(Channels.newInputStream(file).readAllBytes(), task, report);
    }
  }

  /// What bubblewrap and the stage complained of; the start of it.
  String log() throws IOException {
    Path log = path.resolve("log");
    if (!Files.exists(log)) {
      return "";
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return text.substring(0, Math.min(text.length(), LOG_BYTES));
  }

  void delete() throws IOException {
    for (String file : FILES) {
      Files.deleteIfExists(path.resolve(file));
    }
    Files.deleteIfExists(path);
  }

  void deleteQuietly(Exception because) {
    try {
      delete();
    } catch (IOException failed) {
      because.addSuppressed(failed);
    }
  }
}
