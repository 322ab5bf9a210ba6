package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A settings root with every type, in tables of every kind.
@SettingsRoot(
    profiles = {"development", "test", "production"},
    strict = "production",
    flatKeys = true)
public record Sample(
    @Setting(
            value = "Chooses the defaults.",
            fallback = "development",
            oneOf = {"development", "test", "production"})
        String profile,
    @Setting(
            value = "Signs the sessions.",
            fallback = "CHANGE_ME_min_32_chars_long_!!!!",
            minLength = 32,
            profiles = @ProfileDefault(in = "production", value = Setting.NONE))
        Secret<String> secretKey,
    @Table(value = "Pages.", inline = true) Pages pages,
    @Table("The event log.") Kafka kafka,
    @Table("The document store.") Mongo mongo,
    @Setting("The document store as a URL, in place of its parts.") Optional<URI> mongodbUrl,
    @Table("Every type.") Types types) {

  /// Settings without a table of their own.
  public record Pages(
      @Setting(
              value = "Default page length.",
              fallback = "10",
              min = "1",
              profiles = {
                @ProfileDefault(in = "test", value = "5"),
                @ProfileDefault(in = "production", value = "25")
              })
          int pageSize,
      @Setting(value = "Greatest page length.", fallback = "100", min = "1", max = "1000")
          int maxPageSize)
      implements Checked {
    @Override
    public void check(Rules rules) {
      rules.require(pageSize <= maxPageSize, "page_size", "at most max_page_size", "max_page_size");
    }
  }

  /// A table.
  public record Kafka(
      @Setting(value = "Batch bound.", fallback = "500", min = "1") int maxPollRecords,
      @Setting(
              value = "A silent consumer is given up after it.",
              fallback = "45000",
              unit = "ms",
              min = "1")
          Duration sessionTimeoutMs,
      @Setting(value = "A consumer says that it lives.", fallback = "10000", unit = "ms")
          Duration heartbeatIntervalMs)
      implements Checked {
    @Override
    public void check(Rules rules) {
      rules.require(
          heartbeatIntervalMs.compareTo(sessionTimeoutMs.dividedBy(3)) <= 0,
          "heartbeat_interval_ms",
          "at most a third of session_timeout_ms",
          "session_timeout_ms");
    }
  }

  /// A table whose rule looks into its surroundings.
  public record Mongo(
      @Setting(value = "Its host.", fallback = "mongo") String host,
      @Setting(value = "Its port.", fallback = "27017", min = "1", max = "65535") int port,
      @Setting("Its password.") Optional<Secret<String>> password)
      implements Checked {
    @Override
    public void check(Rules rules) {
      rules.requireOr(
          !(rules.isSet("host") && rules.isSet("mongodb_url")),
          "mongodb_url",
          "to be unset when mongo.host is set",
          "remove one of the two",
          "host");
    }
  }
}
