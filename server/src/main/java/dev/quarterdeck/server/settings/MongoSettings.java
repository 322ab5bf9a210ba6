package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import java.util.Optional;

/// The parts of the MongoDB address.
public record MongoSettings(
    @Setting(value = "Host of the MongoDB server.", fallback = "mongo") String host,
    @Setting(value = "Port of the MongoDB server.", fallback = "27017", min = "1", max = "65535")
        int port,
    @Setting(value = "Database of the MongoDB server.", fallback = "integr8scode") String db,
    @Setting(
            value = "User of the MongoDB server.",
            profiles =
                @ProfileDefault(
                    in = {"development", "test"},
                    value = "root"))
        Optional<Secret<String>> user,
    @Setting(
            value = "Password of the MongoDB user.",
            profiles =
                @ProfileDefault(
                    in = {"development", "test"},
                    value = "rootpassword"))
        Optional<Secret<String>> password) {}
