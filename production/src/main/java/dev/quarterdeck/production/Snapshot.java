package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Production and its environments at one moment, whole and immutable: what every query is answered
/// from.
final class Snapshot {
  private final String repository;
  private final String branch;
  private final TreeIndex production;
  private final List<EnvironmentState> environments;
  private final ComponentRegistry registry;
  private final Authors authors;
  private final Instant asOf;
  private final boolean stale;
  private final List<String> warnings;
  private final String etag;
  private final Object lock = new Object();
  private volatile @Nullable MatrixRows rows;

  Snapshot(
      String repository,
      String branch,
      TreeIndex production,
      List<EnvironmentState> environments,
      ComponentRegistry registry,
      Authors authors,
      Instant asOf,
      List<String> warnings) {
    this(repository, branch, production, environments, registry, authors, asOf, false, warnings);
  }

  private Snapshot(
      String repository,
      String branch,
      TreeIndex production,
      List<EnvironmentState> environments,
      ComponentRegistry registry,
      Authors authors,
      Instant asOf,
      boolean stale,
      List<String> warnings) {
    this.repository = repository;
    this.branch = branch;
    this.production = production;
    this.environments = List.copyOf(environments);
    this.registry = registry;
    this.authors = authors;
    this.asOf = asOf;
    this.stale = stale;
    this.warnings = List.copyOf(warnings);
    this.etag = tag(true);
  }

  /// The same, with more known about who touched what.
  Snapshot with(Authors found) {
    return new Snapshot(
        repository, branch, production, environments, registry, found, asOf, stale, warnings);
  }

  /// The same, confirmed by the source at this moment.
  Snapshot confirmed(Instant now) {
    Snapshot copy =
        new Snapshot(
            repository, branch, production, environments, registry, authors, now, false, warnings);
    copy.rows = rows;
    return copy;
  }

  /// The same, past its time because of this.
  Snapshot outdated(String reason) {
    List<String> more = new ArrayList<>(warnings);
    more.add(reason);
    Snapshot copy =
        new Snapshot(
            repository, branch, production, environments, registry, authors, asOf, true, more);
    copy.rows = rows;
    return copy;
  }

  String repository() {
    return repository;
  }

  /// Production's branch.
  String branch() {
    return branch;
  }

  /// Production's commit.
  String commit() {
    return production.commit();
  }

  TreeIndex production() {
    return production;
  }

  List<EnvironmentState> environments() {
    return environments;
  }

  Optional<EnvironmentState> environment(String name) {
    return environments.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  ComponentRegistry registry() {
    return registry;
  }

  Authors authors() {
    return authors;
  }

  Instant asOf() {
    return asOf;
  }

  String etag() {
    return etag;
  }

  /// Tells this snapshot from others whatever is known about who touched what.
  String etagWithoutAuthors() {
    return tag(false);
  }

  private String tag(boolean whole) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, repository);
      add(digest, branch);
      add(digest, commit());
      for (EnvironmentState environment : environments) {
        add(digest, environment.name());
        add(digest, environment.commit().orElse(""));
        add(digest, environment.error().orElse(""));
      }
      add(digest, registry.hash());
      if (whole) {
        add(digest, Integer.toString(authors.known()));
        add(digest, Boolean.toString(stale));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /// The heads whose authors are wanted: production's and those of the environments that could be
  /// compared.
  Map<String, String> heads() {
    Map<String, String> heads = new LinkedHashMap<>();
    heads.put(branch, commit());
    for (EnvironmentState environment : environments) {
      environment
          .commit()
          .filter(ignored -> environment.changes().isPresent())
          .ifPresent(head -> heads.put(environment.name(), head));
    }
    return heads;
  }

  boolean authorsComplete() {
    return authors.complete(heads());
  }

  /// The rows of the matrix, made when they are first asked for.
  MatrixRows rows() {
    MatrixRows made = rows;
    if (made == null) {
      synchronized (lock) {
        made = rows;
        if (made == null) {
          made = MatrixRows.of(this);
          rows = made;
        }
      }
    }
    return made;
  }

  SnapshotInfo info() {
    return new SnapshotInfo(
        repository,
        branch,
        commit(),
        environments.stream().map(EnvironmentState::info).toList(),
        asOf,
        stale,
        etag,
        rows().pending(),
        production.unknown().size(),
        warnings);
  }
}
