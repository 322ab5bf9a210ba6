package dev.quarterdeck.production.cache;

import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The bytes of what is kept. An entry that does not read as written counts as none.
final class Encoding {
  /// Goes up when the bytes of the same value change; part of every entry's name.
  static final int VERSION = 1;

  private Encoding() {}

  /// Writes one value.
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /// Reads one value.
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static <T> Optional<T> value(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return Optional.of(reading.from(in));
    } catch (IOException | RuntimeException other) {
      return Optional.empty();
    }
  }

  static void tree(Tree tree, DataOutputStream out) throws IOException {
    text(tree.commit(), out);
    out.writeInt(tree.files().size());
    for (TreeFile file : tree.files()) {
      text(file.path(), out);
      out.writeByte(file.mode().ordinal());
      out.writeLong(file.size());
      String blob = file.blob();
      text(blob == null ? "" : blob, out);
    }
  }

  static Tree tree(DataInputStream in) throws IOException {
    String commit = text(in);
    int count = in.readInt();
    List<TreeFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = text(in);
      TreeFile.Mode mode = TreeFile.Mode.values()[in.readByte()];
      long size = in.readLong();
      String blob = text(in);
      files.add(new TreeFile(path, mode, size, blob.isEmpty() ? null : blob));
    }
    return new Tree(commit, files);
  }

  static void changes(Changes changes, DataOutputStream out) throws IOException {
    String from = changes.from();
    text(from == null ? "" : from, out);
    text(changes.to(), out);
    out.writeInt(changes.files().size());
    for (FileChange file : changes.files()) {
      text(file.path(), out);
      out.writeByte(file.kind().ordinal());
      out.writeInt(file.linesAdded());
      out.writeInt(file.linesRemoved());
    }
  }

  static Changes changes(DataInputStream in) throws IOException {
    String from = text(in);
    String to = text(in);
    int count = in.readInt();
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = text(in);
      FileChange.Kind kind = FileChange.Kind.values()[in.readByte()];
      files.add(new FileChange(path, kind, in.readInt(), in.readInt()));
    }
    return new Changes(from.isEmpty() ? null : from, to, files);
  }

  static void commit(Commit commit, DataOutputStream out) throws IOException {
    text(commit.id(), out);
    text(commit.author().name(), out);
    text(commit.author().mail(), out);
    out.writeLong(commit.date().getEpochSecond());
    text(commit.message(), out);
    out.writeInt(commit.parents().size());
    for (String parent : commit.parents()) {
      text(parent, out);
    }
  }

  static Commit commit(DataInputStream in) throws IOException {
    String id = text(in);
    Commit.Person author = new Commit.Person(text(in), text(in));
    Instant date = Instant.ofEpochSecond(in.readLong());
    String message = text(in);
    return new Commit(id, author, date, message, texts(in));
  }

  static void log(CommitLog log, DataOutputStream out) throws IOException {
    out.writeBoolean(log.complete());
    out.writeInt(log.commits().size());
    for (Commit commit : log.commits()) {
      commit(commit, out);
    }
  }

  static CommitLog log(DataInputStream in) throws IOException {
    boolean complete = in.readBoolean();
    int count = in.readInt();
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commits.add(commit(in));
    }
    return new CommitLog(commits, complete);
  }

  static void mergeBases(MergeBases bases, DataOutputStream out) throws IOException {
    out.writeBoolean(bases.all());
    texts(bases.commits(), out);
  }

  static MergeBases mergeBases(DataInputStream in) throws IOException {
    boolean all = in.readBoolean();
    return new MergeBases(texts(in), all);
  }

  static void lastCommits(LastCommits last, DataOutputStream out) throws IOException {
    text(last.head(), out);
    List<Commit> commits = List.copyOf(last.commits().values());
    Map<String, Integer> numbers = new HashMap<>();
    out.writeInt(commits.size());
    for (Commit commit : commits) {
      numbers.put(commit.id(), numbers.size());
      commit(commit, out);
    }
    out.writeInt(last.owners().size());
    for (Map.Entry<String, String> owner : last.owners().entrySet()) {
      text(owner.getKey(), out);
      out.writeInt(numbers.getOrDefault(owner.getValue(), -1));
    }
    out.writeInt(last.frontier().size());
    for (Map.Entry<String, Set<String>> standing : last.frontier().entrySet()) {
      text(standing.getKey(), out);
      texts(standing.getValue(), out);
    }
  }

  static LastCommits lastCommits(DataInputStream in) throws IOException {
    String head = text(in);
    List<Commit> list = new ArrayList<>();
    Map<String, Commit> commits = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Commit commit = commit(in);
      list.add(commit);
      commits.put(commit.id(), commit);
    }
    Map<String, String> owners = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String path = text(in);
      owners.put(path, list.get(in.readInt()).id());
    }
    Map<String, Set<String>> frontier = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      frontier.put(text(in), new HashSet<>(texts(in)));
    }
    return new LastCommits(head, owners, commits, frontier);
  }

  private static void texts(Iterable<String> texts, DataOutputStream out) throws IOException {
    List<String> all = new ArrayList<>();
    texts.forEach(all::add);
    out.writeInt(all.size());
    for (String text : all) {
      text(text, out);
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(text(in));
    }
    return texts;
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text longer than its entry");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
