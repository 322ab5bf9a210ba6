package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Where state is kept.
public record StorageSettings(
    @Setting(value = "Which store keeps the state.", fallback = "embedded") Engine storage,
    @Setting(value = "Directory of the embedded store and event log.", fallback = "./data")
        Path dataDir,
    @Setting(
            value = "Address of the MongoDB server with credentials and database.",
            computed = "from mongo.user, mongo.password, mongo.host, mongo.port and mongo.db")
        Optional<URI> mongodbUrl) {

  /// The stores.
  public enum Engine {
    EMBEDDED,
    MONGODB
  }
}
