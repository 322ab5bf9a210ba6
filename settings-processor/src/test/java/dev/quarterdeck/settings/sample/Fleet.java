package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Defunct;
import dev.quarterdeck.settings.Discriminator;
import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Spelled;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A settings root with lists and maps of records, sealed interfaces, and names that changed.
@SettingsRoot(
    profiles = {"development", "staging", "production"},
    strict = "production",
    flatKeys = true)
@Defunct(value = "colour", reason = "Nothing is coloured since version 2.")
@Defunct(value = "legacy", reason = "The legacy mode is gone.")
public record Fleet(
    @Setting(value = "Chooses the defaults.", fallback = "development") String profile,
    @Setting(
            value = "How long a ship may wait.",
            fallback = "5",
            unit = "s",
            formerly = {"timeout", "old.harbour.timeout"})
        Duration patience,
    @Setting(
            value = "How loud the horn is.",
            fallback = "3",
            max = "10",
            deprecated = "Nobody listens; use signals instead.")
        int horn,
    @Setting(value = "Opens the harbour.", formerly = "password") Optional<Secret<String>> key,
    @Setting(
            value = "Signs the papers.",
            fallback = "everybody-knows-this",
            minLength = 8,
            profiles = @ProfileDefault(in = "production", value = Setting.NONE))
        Secret<String> seal,
    @Setting(value = "Where signals are heard.", fallback = "1234") int signalPort,
    @Setting(value = "Words on the flags.", fallback = "") Map<String, String> flags,
    @Setting(
            value = "The colour of the hulls.",
            fallback = "#000000",
            profiles = @ProfileDefault(in = "staging", value = "red"),
            converter = Types.Colour.Reader.class)
        Types.Colour paint,
    @Table(value = "The ships.", maxLength = 5) List<Ship> ships,
    @Table("Harbours by name.") Map<String, Harbour> harbours,
    @Table(value = "Where the log is kept.", fallback = "local") Storage storage,
    @Table("Where copies of the log go.") List<Storage> copies)
    implements Checked {

  @Override
  public void check(Rules rules) {
    rules.require(ships.size() != 4, "ships", "any number but four");
    rules.advise(horn < 9, "horn", "louder than the harbour allows at night");
  }

  /// An element of a list.
  public record Ship(
      @Setting(value = "Its name.", pattern = "[A-Z][a-z]*") String name,
      @Setting(value = "Greatest number of masts.", fallback = "3", min = "1") int masts,
      @Setting(
              value = "Number of sails.",
              fallback = "1",
              profiles = @ProfileDefault(in = "production", value = "2"),
              formerly = "cloths")
          int sails,
      @Setting("What opens its hold.") Optional<Secret<String>> code,
      @Table("Its cargo.") List<Cargo> cargo,
      @Table("Who commands it.") Captain captain)
      implements Checked {
    @Override
    public void check(Rules rules) {
      rules.require(sails <= masts * 3, "sails", "at most three for each mast", "masts");
    }
  }

  /// An element of a list in an element.
  public record Cargo(
      @Setting("What it is.") String good,
      @Setting(value = "How much.", fallback = "1", min = "1") long amount) {}

  /// A table in an element.
  public record Captain(
      @Setting(value = "The name.", fallback = "Nemo", notBlank = true) String name,
      @Setting(value = "The age.", fallback = "50") int age)
      implements Checked {
    @Override
    public void check(Rules rules) {
      rules.require(age > 17 || name.equals("Pip"), "age", "18 or more unless it is Pip", "name");
    }
  }

  /// An element of a map.
  public record Harbour(
      @Setting("Where it is.") URI address,
      @Setting(value = "Places at its pier.", fallback = "2") int places,
      @Setting(value = "Names of its cranes.", fallback = "") List<String> cranes) {}

  /// One of several.
  @Discriminator(value = "type", doc = "Says where it is kept.")
  public sealed interface Storage {}

  /// On this machine.
  public record Local(
      @Setting(value = "The directory.", fallback = "log") Path directory,
      @Setting(value = "Largest size.", fallback = "100") int limit)
      implements Storage {}

  /// Elsewhere.
  @Spelled("far-away")
  public record Remote(
      @Setting("Its address.") URI url,
      @Setting("What it wants to hear.") Optional<Secret<String>> token,
      @Setting(value = "Largest size.", fallback = "100") int limit,
      @Table("How often it is tried.") Retry retry)
      implements Storage, Checked {
    @Override
    public void check(Rules rules) {
      rules.require(limit >= retry.times(), "limit", "at least retry.times", "retry.times");
    }
  }

  /// A table in a variant.
  public record Retry(
      @Setting(value = "How often.", fallback = "3") int times,
      @Setting(value = "How long between.", fallback = "1", unit = "s") Duration pause) {
    public Retry {
      if (times < 0) {
        throw new IllegalArgumentException("nobody tries less than never");
      }
    }
  }
}
