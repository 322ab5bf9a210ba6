package dev.quarterdeck.production.http;

import dev.quarterdeck.production.LastCommit;
import dev.quarterdeck.production.SnapshotInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Parts of the documented answers.
final class Shapes {
  private static final int SHORT = 7;

  private Shapes() {}

  /// A good answer with what it rests on.
  static Map<String, @Nullable Object> success(SnapshotInfo snapshot) {
    Map<String, @Nullable Object> body = success();
    body.put("as_of", snapshot.asOf());
    body.put("stale", snapshot.stale());
    if (!snapshot.warnings().isEmpty()) {
      body.put("warnings", snapshot.warnings());
    }
    return body;
  }

  static Map<String, @Nullable Object> success() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("success", true);
    return body;
  }

  static Map<String, Object> commit(LastCommit commit) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("hash", commit.hash());
    shown.put("date", commit.date());
    shown.put("author", author(commit));
    shown.put("message", commit.message());
    return shown;
  }

  static String author(LastCommit commit) {
    return commit.author().isEmpty() ? commit.mail() : commit.author();
  }

  static @Nullable String hash(Optional<LastCommit> commit) {
    return commit.map(LastCommit::hash).orElse(null);
  }

  static String shortened(String hash) {
    return hash.length() > SHORT ? hash.substring(0, SHORT) : hash;
  }
}
