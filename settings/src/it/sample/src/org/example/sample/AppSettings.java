package org.example.sample;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the sample can be told.
@SettingsRoot(prefix = "SAMPLE")
public record AppSettings(
    @Setting(value = "Port to listen on.", fallback = "8080", min = "1", max = "65535") int port,
    @Setting(value = "How long a request may take.", fallback = "30", unit = "s") Duration timeout,
    @Setting(value = "Who may call.", fallback = "") List<String> callers,
    @Setting("Where to report to.") Optional<URI> reports,
    @Setting("Password of the database.") Secret<String> databasePassword,
    @Table("The pool of connections.") Pool pool) {

  /// The pool of connections.
  public record Pool(
      @Setting(value = "Connections kept open.", fallback = "2") int least,
      @Setting(value = "Connections at most.", fallback = "10") int most)
      implements Checked {
    @Override
    public void check(Rules rules) {
      rules.require(least <= most, "least", "at most most", "most");
    }
  }
}
