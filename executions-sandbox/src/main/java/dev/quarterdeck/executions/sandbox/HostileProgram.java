package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A program that attacks the sandbox, and how it must end.
///
/// One that probes prints a line with `contained` for each attempt that was refused and one with
/// `ESCAPED` for each that was not.
///
/// @param family file it stands in
/// @param verdicts the acceptable ones
/// @param verdictsWithoutGroups the acceptable ones where no control group counts
/// @param evidence what the evidence must contain
/// @param probes whether it must print `contained`
/// @param neighbour program of somebody else that it tries to reach
/// @param open why it is not contained at the level that it is for; empty when it is
record HostileProgram(
    String family,
    String name,
    String language,
    byte[] source,
    Set<Verdict> verdicts,
    Set<Verdict> verdictsWithoutGroups,
    String evidence,
    boolean probes,
    RunLimits limits,
    Duration compileTime,
    Optional<Neighbour> neighbour,
    String open) {
  /// The limits unless a program names others.
  static final RunLimits LIMITS =
      new RunLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          128L << 20,
          2000,
          32,
          8 << 20,
          16 << 20,
          500,
          64 << 10);

  /// Limits of a neighbour and of the user beside, who are not under attack by their own limits.
  static final RunLimits USUAL =
      new RunLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          128L << 20,
          2000,
          32,
          8 << 20,
          16 << 20,
          500,
          64 << 10);

  /// Another program.
  ///
  /// @param beside whether it runs at the same time, ready once it has written a line; else it has
  ///   ended before
  record Neighbour(byte[] source, boolean beside) {
    RunOrder order() {
      return HostileProgram.order(
          "neighbour", "python", source, List.of(), USUAL, RunOrder.USUAL_COMPILE_TIME);
    }
  }

  /// The same with other limits.
  HostileProgram within(RunLimits other, Duration compiling) {
    return new HostileProgram(
        family,
        name,
        language,
        source,
        verdicts,
        verdictsWithoutGroups,
        evidence,
        probes,
        other,
        compiling,
        neighbour,
        open);
  }

  /// The order for one attempt.
  ///
  /// @param secret a file of the server
  /// @param port where the host listens on its loopback
  RunOrder order(String secret, int port) {
    return order(
        "hostile", language, source, List.of(secret, Integer.toString(port)), limits, compileTime);
  }

  static RunOrder order(
      String id,
      String language,
      byte[] source,
      List<String> arguments,
      RunLimits limits,
      Duration compileTime) {
    return new RunOrder(
        id, language, "", source, List.of(), arguments, new byte[0], Map.of(), compileTime, limits);
  }

  /// Text as the source of a program.
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return family + ": " + name;
  }
}
