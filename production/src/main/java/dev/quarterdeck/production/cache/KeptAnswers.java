package dev.quarterdeck.production.cache;

import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.Tree;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// The answers of one repository in a [DiskCache].
public final class KeptAnswers {
  private final DiskCache cache;
  private final String repository;

  /// @param repository what tells it from others in the same cache
  public KeptAnswers(DiskCache cache, String repository) {
    this.cache = cache;
    this.repository = repository;
  }

  /// The last commits that were found for a branch, at whatever head it had then.
  public Optional<LastCommits> lastCommits(String branch) {
    return cache
        .read(name("last-commits", branch))
        .flatMap(bytes -> Encoding.value(bytes, Encoding::lastCommits));
  }

  /// Keeps what was found for a branch in place of what was found before.
  public void keep(String branch, LastCommits found) {
    cache.write(
        name("last-commits", branch), Encoding.bytes(out -> Encoding.lastCommits(found, out)));
  }

  /// Keeps a tree that was worked out, as if the source had told it.
  public void keep(Tree tree) {
    cache.write(name("tree", tree.commit()), Encoding.bytes(out -> Encoding.tree(tree, out)));
  }

  /// Keeps differences that were worked out, as if the source had told them.
  public void keep(Changes changes) {
    cache.write(
        name("changes", changes.from() + "\n" + changes.to()),
        Encoding.bytes(out -> Encoding.changes(changes, out)));
  }

  /// Writes one value.
  interface Writer<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  /// Reads one value.
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  <T> T kept(String kind, String ids, Reader<T> reader, Writer<T> writer, Supplier<T> source) {
    String name = name(kind, ids);
    Optional<T> kept = cache.read(name).flatMap(bytes -> Encoding.value(bytes, reader::read));
    if (kept.isPresent()) {
      return kept.get();
    }
    T fetched = source.get();
    cache.write(name, Encoding.bytes(out -> writer.write(fetched, out)));
    return fetched;
  }

  private String name(String kind, String rest) {
    return Encoding.VERSION + "\n" + repository + "\n" + kind + "\n" + rest;
  }
}
