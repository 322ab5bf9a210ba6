package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Layer;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.schema.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Values that this version cannot serve: they choose something that is not in the product yet.
/// They load and show, and starting the server with them is refused. The other settings without a
/// consumer are listed, so that nobody waits for an effect.
public final class Unavailable {
  /// Settings whose consumer is not in the product yet and which choose nothing by themselves.
  public static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "APP_URL",
          "MONGO_HOST",
          "MONGO_PORT",
          "MONGO_DB",
          "MONGO_USER",
          "MONGO_PASSWORD",
          "MONGODB_URL",
          "REDIS_PORT",
          "REDIS_DB",
          "REDIS_SSL",
          "REDIS_PASSWORD",
          "REDIS_MAX_CONNECTIONS",
          "KAFKA_BOOTSTRAP_SERVERS",
          "KAFKA_CONSUMER_GROUP_ID",
          "KAFKA_AUTO_OFFSET_RESET",
          "KAFKA_ENABLE_AUTO_COMMIT",
          "KAFKA_SESSION_TIMEOUT_MS",
          "KAFKA_HEARTBEAT_INTERVAL_MS",
          "KAFKA_REQUEST_TIMEOUT_MS",
          "KUBERNETES_CA_CERTIFICATE_PATH",
          "K8S_NAMESPACE",
          "TRACING_SERVICE_NAME",
          "TRACING_SERVICE_VERSION",
          "TRACING_SAMPLING_RATE",
          "OTEL_SERVICE_NAME",
          "OTEL_SERVICE_VERSION",
          "OTEL_RESOURCE_ATTRIBUTES",
          "UPLOAD_MAX_BYTES");

  private Unavailable() {}

  /// One message for each value that cannot be served; empty when the server may start.
  public static List<String> refusals(Loaded<AppSettings> loaded) {
    AppSettings settings = loaded.value();
    List<String> refusals = new ArrayList<>();
    if (settings.storage().storage() == StorageSettings.Engine.MONGODB) {
      refuse(refusals, loaded, "STORAGE", "the MongoDB store", "embedded");
    }
    if (settings.events().enableEventStreaming()) {
      refuse(refusals, loaded, "ENABLE_EVENT_STREAMING", "Kafka", "false");
    }
    if (!settings.redis().host().isEmpty()) {
      refuse(refusals, loaded, "REDIS_HOST", "Redis", "an empty host");
    }
    switch (settings.executions().executionBackend()) {
      case KUBERNETES ->
          refuse(
              refusals,
              loaded,
              "EXECUTION_BACKEND",
              "the Kubernetes back end",
              "auto without KUBERNETES_CONFIG_PATH, or sandbox");
      case AUTO -> {
        if (isSet(loaded, "KUBERNETES_CONFIG_PATH")) {
          refuse(
              refusals,
              loaded,
              "KUBERNETES_CONFIG_PATH",
              "the Kubernetes back end, which execution_backend auto chooses with it,",
              "no value, or EXECUTION_BACKEND=sandbox");
        }
      }
      case SANDBOX -> {}
    }
    if (!settings.telemetry().otlp().tracesEndpoint().isEmpty()) {
      refuse(refusals, loaded, "OTLP_TRACES_ENDPOINT", "the export of spans", "an empty value");
    }
    if (!settings.telemetry().otel().exporterOtlpEndpoint().isEmpty()) {
      refuse(
          refusals,
          loaded,
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "the export of metrics",
          "an empty value");
    }
    return refusals;
  }

  /// The environment names of settings that somebody set and that have no effect yet.
  public static List<String> setWithoutEffect(Loaded<AppSettings> loaded) {
    return loaded.schema().keys().stream()
        .map(Key::variable)
        .filter(WITHOUT_EFFECT::contains)
        .filter(variable -> isSet(loaded, variable))
        .toList();
  }

  private static boolean isSet(Loaded<AppSettings> loaded, String variable) {
    Layer layer = winner(loaded, variable).layer();
    return layer != Layer.CODE_DEFAULT && layer != Layer.PROFILE_DEFAULT;
  }

  private static Definition winner(Loaded<AppSettings> loaded, String variable) {
    return loaded.provenance().winner(Objects.requireNonNull(loaded.schema().byVariable(variable)));
  }

  private static void refuse(
      List<String> refusals,
      Loaded<AppSettings> loaded,
      String variable,
      String what,
      String expected) {
    Definition definition = winner(loaded, variable);
    refusals.add(
        "%s: %s at %s asks for %s, which this version does not have yet (expected: %s)."
            .formatted(variable, definition.shown(), definition.place(), what, expected));
  }
}
