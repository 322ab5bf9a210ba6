package dev.quarterdeck.executions;

import dev.quarterdeck.executions.Execution.Request;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.VersionConflict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;

/// Accepts executions. What it answers is durable.
final class Submissions {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final ExecutionStore store;
  private final RunQueue queue;
  private final Sandbox sandbox;
  private final LongSupplier freeBytes;
  private final long lowWatermark;
  private final InstantSource clock;
  private final Ids ids;

  Submissions(
      ExecutionStore store,
      RunQueue queue,
      Sandbox sandbox,
      LongSupplier freeBytes,
      long lowWatermark,
      InstantSource clock,
      Ids ids) {
    this.store = store;
    this.queue = queue;
    this.sandbox = sandbox;
    this.freeBytes = freeBytes;
    this.lowWatermark = lowWatermark;
    this.clock = clock;
    this.ids = ids;
  }

  /// Accepts a program. The same key of the same user with the same program answers the execution
  /// that the first request made.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 for the same key with another program,
  ///   429 when the queue is full, 503 when nothing can run or the disk is nearly full
  Execution submit(Owner owner, Program program, Priority priority, Optional<String> key) {
    Optional<Idempotency> idempotency =
        key.map(text -> new Idempotency(owner.userId() + "\n" + text, hash(program, priority)));
    Request request = new Request(owner, program, priority, idempotency);
    while (true) {
      Optional<Execution> earlier = idempotency.flatMap(this::earlier);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      checkHost();
      Optional<Execution> accepted = accept(request);
      if (accepted.isPresent()) {
        return accepted.get();
      }
    }
  }

  private Optional<Execution> accept(Request request) {
    Execution execution = Execution.accept(ids.next(), request, clock.instant(), ids::next);
    queue.reserve(execution.id(), request.owner().userId());
    boolean committed = false;
    try {
      store.commit(execution);
      committed = true;
      queue.offer(execution);
      return Optional.of(execution);
    } catch (DuplicateValue sameKeyCameFirst) {
      return Optional.empty();
    } catch (VersionConflict impossible) {
      throw new IllegalStateException("a new id was taken: " + execution.id(), impossible);
    } finally {
      if (!committed) {
        queue.remove(execution.id());
      }
    }
  }

  private Optional<Execution> earlier(Idempotency idempotency) {
    Optional<Execution> found = store.findByKey(idempotency.key());
    if (found.isEmpty()) {
      return found;
    }
    Execution execution = found.get();
    if (!execution.createdAt().plus(Idempotency.WINDOW).isAfter(clock.instant())) {
      store.update(
          execution.id(),
          current ->
              current.idempotency().isPresent()
                  ? Optional.of(current.releaseKey())
                  : Optional.empty());
      return Optional.empty();
    }
    String hash = execution.idempotency().map(Idempotency::bodyHash).orElse("");
    if (!hash.equals(idempotency.bodyHash())) {
      throw new Problem.Invalid(
              "idempotency_key_reused",
              "Idempotency-Key: was used for another request, execution %s (expected: a new key for a new request)"
                  .formatted(execution.id()),
              List.of(
                  new Problem.Violation(
                      List.of("header", "Idempotency-Key"),
                      "was used for another request, execution " + execution.id(),
                      "idempotency_key_reused")))
          .raise();
    }
    return found;
  }

  private void checkHost() {
    SandboxReport report = sandbox.report();
    if (!report.mayRun()) {
      String remedy =
          report.findings().stream()
              .filter(finding -> !finding.ok() && !finding.remedy().isEmpty())
              .map(
                  finding ->
                      "%s: %s; %s".formatted(finding.name(), finding.detail(), finding.remedy()))
              .findFirst()
              .orElse("`quarterdeck doctor` says what is missing");
      throw new Problem.Unavailable(
              "sandbox_unavailable",
              "no program can run on this host, because nothing would contain it: " + remedy,
              RETRY)
          .raise();
    }
    long free = freeBytes.getAsLong();
    if (free < lowWatermark) {
      throw new Problem.Unavailable(
              "disk_low",
              "the disk of the server is nearly full: %d bytes free (expected: at least %d, DISK_LOW_WATERMARK)"
                  .formatted(free, lowWatermark),
              RETRY)
          .raise();
    }
  }

  private static String hash(Program program, Priority priority) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(JSON.writeValueAsBytes(program));
      return HexFormat.of()
          .formatHex(sha256.digest(priority.text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
