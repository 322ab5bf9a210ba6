package dev.quarterdeck.http;

import dev.quarterdeck.settings.Setting;
import java.time.Duration;

/// Streams of server-sent events.
public record SseSettings(
    @Setting(
            value =
                "Consumers that feed all streams; embedded, the threads that wake the watchers.",
            fallback = "10",
            min = "1",
            max = "256")
        int consumerPoolSize,
    @Setting(
            value = "A comment line is sent on a stream that was idle for so long.",
            fallback = "30",
            unit = "s",
            min = "100ms")
        Duration heartbeatInterval) {}
