package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Secrets of every kind, beside settings that are none.
@SettingsRoot(flatKeys = true)
public record Vault(
    @Setting(value = "A text.", fallback = "x", maxLength = 20, pattern = "[a-z]*")
        Secret<String> word,
    @Setting(value = "A number.", fallback = "1", min = "1", max = "9") Secret<Integer> pin,
    @Setting("An address.") Optional<Secret<URI>> door,
    @Setting(value = "A while.", fallback = "1", unit = "s") Secret<Duration> pause,
    @Setting(value = "No secret.", fallback = "1", min = "1") int open,
    @Setting("An address with a password.") Optional<URI> link,
    @Table("A table.") Inner inner)
    implements Checked {

  /// A table.
  public record Inner(
      @Setting(value = "Its secret.", fallback = "x", minLength = 1, maxLength = 9)
          Secret<String> key) {}

  @Override
  public void check(Rules rules) {
    rules.require(word.reveal().length() < 18, "word", "shorter than open is long", "open");
    rules.require(open < 50, "open", "less than fifty, as word is", "word");
    if (open == 49) {
      throw new IllegalArgumentException("a program's own message: " + word.reveal());
    }
  }
}
