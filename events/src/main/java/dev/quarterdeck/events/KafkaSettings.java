package dev.quarterdeck.events;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.units.HostPort;
import java.time.Duration;
import java.util.List;

/// The connection to Kafka, and the batch bound that holds for the embedded log too.
public record KafkaSettings(
    @Setting(value = "Addresses of the brokers.", fallback = "kafka:29092", minLength = 1)
        List<HostPort> bootstrapServers,
    @Setting(
            value = "The consumer group; workers override it.",
            fallback = "integr8scode-backend",
            notBlank = true)
        String consumerGroupId,
    @Setting(value = "Where a group without a position starts.", fallback = "earliest")
        OffsetReset autoOffsetReset,
    @Setting(
            value =
                "Whether positions are saved on a timer after processing; otherwise after each"
                    + " handled batch.",
            fallback = "true")
        boolean enableAutoCommit,
    @Setting(
            value = "Silence after which a consumer counts as gone.",
            fallback = "45000",
            unit = "ms",
            min = "1ms")
        Duration sessionTimeoutMs,
    @Setting(
            value = "Time between two heartbeats, at most a third of the session timeout.",
            fallback = "10000",
            unit = "ms",
            min = "1ms")
        Duration heartbeatIntervalMs,
    @Setting(
            value = "Longest wait for the answer to one request.",
            fallback = "40000",
            unit = "ms",
            min = "1ms")
        Duration requestTimeoutMs,
    @Setting(
            value = "Most events in one batch, for the embedded log too.",
            fallback = "500",
            min = "1",
            max = "100000")
        int maxPollRecords)
    implements Checked {
  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
  }

  @Override
  public void check(Rules rules) {
    rules.require(
        heartbeatIntervalMs.multipliedBy(3).compareTo(sessionTimeoutMs) <= 0,
        "heartbeat_interval_ms",
        "at most a third of session_timeout_ms",
        "session_timeout_ms");
  }

  /// Where a group without a position starts.
  public enum OffsetReset {
    EARLIEST,
    LATEST,
    NONE
  }
}
