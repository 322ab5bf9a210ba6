package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Table;
import java.util.Optional;

/// Export of spans and metrics.
public record TelemetrySettings(
    @Table("Export of spans.") Otlp otlp,
    @Table("What spans say of this service.") Tracing tracing,
    @Table("Export of metrics.") Otel otel) {

  /// Export of spans.
  public record Otlp(
      @Setting(value = "OTLP endpoint that spans are sent to; empty: off.", fallback = "")
          String tracesEndpoint) {}

  /// What spans say of this service.
  public record Tracing(
      @Setting(value = "Name of this service in spans.", fallback = "integr8scode-backend")
          String serviceName,
      @Setting(value = "Version of this service in spans.", fallback = "1.0.0")
          String serviceVersion,
      @Setting(
              value = "Share of traces that are recorded when the caller did not decide.",
              fallback = "0.1",
              min = "0.0",
              max = "1.0")
          double samplingRate) {}

  /// Export of metrics.
  public record Otel(
      @Setting(value = "OTLP endpoint that metrics are sent to; empty: off.", fallback = "")
          String exporterOtlpEndpoint,
      @Setting(value = "Name of this service in metrics.", computed = "service_name")
          Optional<String> serviceName,
      @Setting(value = "Version of this service in metrics.", computed = "service_version")
          Optional<String> serviceVersion,
      @Setting(
              value = "More attributes of the metric resource, as k=v,k2=v2.",
              fallback = "",
              pattern = "|[^=,\\s]+=[^,]*(,[^=,\\s]+=[^,]*)*")
          String resourceAttributes) {}
}
