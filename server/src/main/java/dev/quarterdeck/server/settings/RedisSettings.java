package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import java.util.Optional;

/// The Redis server that several instances share; not used when the host is empty.
public record RedisSettings(
    @Setting(value = "Host of the Redis server; empty: not used.", fallback = "") String host,
    @Setting(value = "Port of the Redis server.", fallback = "6379", min = "1", max = "65535")
        int port,
    @Setting(value = "Number of the Redis database.", fallback = "0", min = "0", max = "15") int db,
    @Setting(value = "Whether the connection uses TLS.", fallback = "false") boolean ssl,
    @Setting(
            value = "Password of the Redis server.",
            profiles =
                @ProfileDefault(
                    in = {"development", "test"},
                    value = "redispassword"))
        Optional<Secret<String>> password,
    @Setting(value = "Bound on open connections.", fallback = "200", min = "1")
        int maxConnections) {}
