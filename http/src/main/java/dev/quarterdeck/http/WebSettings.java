package dev.quarterdeck.http;

import dev.quarterdeck.settings.Setting;
import java.time.Duration;

/// How many requests are handled at once, and for how long.
public record WebSettings(
    @Setting(
            value =
                "With web.threads: at most concurrency × threads requests are handled at once,"
                    + " further ones wait in order.",
            fallback = "4",
            min = "1")
        int concurrency,
    @Setting(
            value = "Multiplies web.concurrency, as threads of a worker process did.",
            fallback = "1",
            min = "1")
        int threads,
    @Setting(
            value =
                "A request still unanswered after this time gets 503; waiting for a place counts,"
                    + " waiting for a run does not.",
            fallback = "60",
            unit = "s",
            min = "1ms")
        Duration timeout,
    @Setting(
            value =
                "Listen backlog, and the bound on requests that wait for a place: past it 503 with"
                    + " Retry-After.",
            fallback = "2048",
            min = "1")
        int backlog) {}
