package dev.quarterdeck.server;

import dev.quarterdeck.events.DeadLetters;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.http.HealthRoutes.Check;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.store.sqlite.SqliteStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What must be usable for the server to be ready.
final class HealthChecks {
  private HealthChecks() {}

  static Map<String, Check> of(
      AppSettings settings,
      SqliteStore store,
      Sandbox sandbox,
      Executions executions,
      DeadLetters deadLetters,
      BookmarkParts bookmarks,
      ProductionSlice production) {
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.put("store", () -> store(store));
    checks.put("disk", () -> disk(store, settings.executions().diskLowWatermark().bytes()));
    checks.put("sandbox", () -> sandbox(sandbox));
    checks.put("sandbox_level", () -> sandbox.report().level());
    checks.put("pools", new PoolCheck(sandbox));
    checks.put("slots", () -> slots(executions));
    checks.put("dead_letters", () -> deadLetters.status().name().toLowerCase(Locale.ROOT));
    checks.put("bookmarks_index", bookmarks::health);
    checks.put("production", () -> production.configured() ? "ok" : "not_configured");
    return checks;
  }

  private static String store(SqliteStore store) {
    store.documents().count(Executions.kinds().getFirst(), List.of());
    return "ok";
  }

  private static String disk(SqliteStore store, long least) {
    long free = store.freeBytes();
    if (free < least) {
      throw new IllegalStateException(
          "DATA_DIR: %d bytes free (expected: at least DISK_LOW_WATERMARK, %d); free some space"
              .formatted(free, least));
    }
    return "ok";
  }

  /// Every slot in use belongs to a run that ends in time.
  private static String slots(Executions executions) {
    Executions.Health health = executions.health();
    int overdue = health.slotsOverdue();
    if (overdue > 0) {
      throw new IllegalStateException(
          overdue
              + " runs have not ended though their lease is over (expected: none); the log says"
              + " which, their slots are given to others within two minutes");
    }
    return health.slotsDivergent() > 0 ? "warning" : "ok";
  }

  private static String sandbox(Sandbox sandbox) {
    if (!sandbox.report().mayRun()) {
      throw new IllegalStateException(
          "no program may run on this host; quarterdeck doctor says what is missing");
    }
    return "ok";
  }
}
