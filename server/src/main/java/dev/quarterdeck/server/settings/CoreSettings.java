package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.ProfileDefault;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Spelled;
import java.net.URI;
import java.util.Optional;

/// What the program is called, and how it speaks.
public record CoreSettings(
    @Setting(
            value = "Chooses the defaults of the profile and how strict start-up is.",
            fallback = "development")
        Profile profile,
    @Setting(
            value = "Name in logs, metadata and page titles.",
            fallback = "integr8scode",
            notBlank = true)
        String projectName,
    @Setting(
            value = "Address that users reach this server at, in links of notifications and feeds.",
            computed = "in development and test from server.host and server.port",
            profiles = @ProfileDefault(in = "production", value = "https://integr8scode.cc"))
        Optional<URI> appUrl,
    @Setting(
            value = "Name of this service in log fields, event metadata and health.",
            fallback = "integr8scode-backend",
            notBlank = true)
        String serviceName,
    @Setting(
            value = "Version of this service in log fields, event metadata and health.",
            fallback = "1.0.0",
            notBlank = true)
        String serviceVersion,
    @Setting(
            value = "Database used when mongo.db is empty, and file name of the embedded database.",
            fallback = "integr8scode_db",
            pattern = "[A-Za-z0-9_-]{1,63}")
        String databaseName,
    @Setting(value = "Least severity that is logged.", fallback = "INFO") LogLevel logLevel,
    @Setting(
            value = "Form of log lines: text for people, json for programs.",
            fallback = "text",
            profiles = @ProfileDefault(in = "production", value = "json"))
        LogFormat logFormat) {

  /// The profiles.
  public enum Profile {
    DEVELOPMENT,
    TEST,
    PRODUCTION
  }

  /// Severities, the least first.
  public enum LogLevel {
    @Spelled("TRACE")
    TRACE,
    @Spelled("DEBUG")
    DEBUG,
    @Spelled("INFO")
    INFO,
    @Spelled("WARN")
    WARN,
    @Spelled("ERROR")
    ERROR
  }

  /// Forms of log lines.
  public enum LogFormat {
    TEXT,
    JSON
  }
}
