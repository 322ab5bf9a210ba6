package dev.quarterdeck.server.settings;

import dev.quarterdeck.accounts.AccountSettings;
import dev.quarterdeck.bookmarks.BookmarkSettings;
import dev.quarterdeck.events.DlqSettings;
import dev.quarterdeck.events.EventSettings;
import dev.quarterdeck.events.KafkaSettings;
import dev.quarterdeck.executions.ExecutionSettings;
import dev.quarterdeck.executions.PodSettings;
import dev.quarterdeck.executions.RunSettings;
import dev.quarterdeck.http.ProtectionSettings;
import dev.quarterdeck.http.ServerSettings;
import dev.quarterdeck.http.SseSettings;
import dev.quarterdeck.http.WebSettings;
import dev.quarterdeck.production.ProductionSettings;
import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;

/// Every setting of the product, loaded once at start and shared by everything.
@SettingsRoot(
    profiles = {"development", "test", "production"},
    strict = "production",
    flatKeys = true)
public record AppSettings(
    @Table(value = "What the program is called, and how it speaks.", inline = true)
        CoreSettings core,
    @Table("Where the server listens.") ServerSettings server,
    @Table("How many requests are handled at once, and for how long.") WebSettings web,
    @Table(value = "Protection from callers and other sites.", inline = true)
        ProtectionSettings protection,
    @Table(value = "Logins, tokens and passwords.", inline = true) AccountSettings accounts,
    @Table(value = "Where state is kept.", inline = true) StorageSettings storage,
    @Table("The parts of the MongoDB address.") MongoSettings mongo,
    @Table("The Redis server that several instances share.") RedisSettings redis,
    @Table(value = "The event log.", inline = true) EventSettings events,
    @Table("The Kafka client.") KafkaSettings kafka,
    @Table("Events whose handler failed.") DlqSettings dlq,
    @Table("Streams of server-sent events.") SseSettings sse,
    @Table(value = "Where programs run, and how many at once.", inline = true)
        ExecutionSettings executions,
    @Table("Resources of a run, in the local sandbox and in pods alike.") PodSettings k8s,
    @Table("What one run may use beyond its share of the machine, and hand back.") RunSettings run,
    @Table("How the Kubernetes API is reached.") KubernetesSettings kubernetes,
    @Table(value = "Export of spans and metrics.", inline = true) TelemetrySettings telemetry,
    @Table(value = "The repository whose production state is told.", inline = true)
        ProductionSettings production,
    @Table(value = "Lists and the cache of bookmarks.", inline = true) BookmarkSettings bookmarks)
    implements Checked {

  @Override
  public void check(Rules rules) {
    rules.require(
        !(rules.isSet("mongodb_url") && rules.isSet("mongo.host")),
        "mongodb_url",
        "either mongodb_url or mongo.host, not both",
        "mongo.host");
  }
}
