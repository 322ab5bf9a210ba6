package dev.quarterdeck.settings.spring;

import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of a program that runs on Spring Boot.
@SettingsRoot(prefix = "SHOP")
public record ShopSettings(
    @Setting(value = "Port.", fallback = "8080", min = "1") int port,
    @Setting(value = "Patience.", fallback = "30", unit = "s") Duration requestTimeout,
    @Setting(value = "Who may call.", fallback = "") List<String> callers,
    @Setting(value = "Labels.", fallback = "") Map<String, String> labels,
    @Setting("Where to report to.") Optional<URI> reports,
    @Setting("Password of the database.") Secret<String> databasePassword,
    @Table("The pool.") Pool pool,
    @Table("Who sends the goods.") List<Carrier> carriers,
    @Table("Shelves by name.") Map<String, Shelf> shelves) {
  /// The pool.
  public record Pool(
      @Setting(value = "Connections at most.", fallback = "10") int maxSize,
      @Setting(value = "Whether it is shared.", fallback = "true") boolean shared) {}

  /// A carrier.
  public record Carrier(
      @Setting("Its name.") String name,
      @Setting("Where it is asked.") Optional<URI> address,
      @Setting("What it knows us by.") Optional<Secret<String>> token,
      @Table("What it asks for a parcel.") List<Price> prices) {}

  /// A price.
  public record Price(
      @Setting("For which weight at most.") int maxWeight,
      @Setting(value = "How long it holds.", fallback = "1h", unit = "s") Duration validFor) {}

  /// A shelf.
  public record Shelf(
      @Setting(value = "How much fits.", fallback = "5") int maxItems,
      @Setting(value = "What stands on it.", fallback = "") List<String> goods) {}
}
