package dev.quarterdeck.http;

import dev.quarterdeck.settings.Setting;

/// Where the server listens.
public record ServerSettings(
    @Setting(value = "Host name or address to listen on.", fallback = "localhost", notBlank = true)
        String host,
    @Setting(
            value = "Port to listen on; 0 takes any free one.",
            fallback = "5000",
            min = "0",
            max = "65535")
        int port) {}
