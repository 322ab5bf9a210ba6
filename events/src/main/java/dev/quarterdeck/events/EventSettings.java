package dev.quarterdeck.events;

import dev.quarterdeck.settings.Setting;
import java.time.Duration;

/// How events are carried and how long they are kept.
public record EventSettings(
    @Setting(
            value = "Whether events travel by Kafka; otherwise by the embedded durable log.",
            fallback = "false")
        boolean enableEventStreaming,
    @Setting(value = "Events older than this are deleted.", fallback = "30", unit = "d", min = "1h")
        Duration eventRetentionDays) {}
