package dev.quarterdeck.settings.microprofile;

import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of a program that runs on MicroProfile.
@SettingsRoot(prefix = "SHOP")
public record ShopSettings(
    @Setting(value = "Port.", fallback = "8080", min = "1") int port,
    @Setting(value = "Patience.", fallback = "30", unit = "s") Duration requestTimeout,
    @Setting(value = "Who may call.", fallback = "") List<String> callers,
    @Setting(value = "Labels.", fallback = "") Map<String, String> labels,
    @Setting("Where to report to.") Optional<URI> reports,
    @Setting("Password of the database.") Secret<String> databasePassword,
    @Table("The pool.") Pool pool) {
  /// The pool.
  public record Pool(
      @Setting(value = "Connections at most.", fallback = "10") int maxSize,
      @Setting(value = "Whether it is shared.", fallback = "true") boolean shared) {}
}
