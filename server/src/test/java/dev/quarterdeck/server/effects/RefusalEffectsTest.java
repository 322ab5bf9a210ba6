package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.cli.ExitCode;
import dev.quarterdeck.server.cli.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Values that ask for what is not there or contradict each other: `serve` refuses them, and other
/// values of the same settings it does not.
class RefusalEffectsTest {
  /// Has `serve` refuse to start in any case, so that accepted values start no server.
  private static final String ANYWAY = "REDIS_HOST=refused-anyway";

  @Test
  @Observes("STORAGE")
  void refusesTheStoreThatIsNotThere() {
    assertRefused("STORAGE", "mongodb", "embedded");
  }

  @Test
  @Observes("ENABLE_EVENT_STREAMING")
  void refusesKafka() {
    assertRefused("ENABLE_EVENT_STREAMING", "true", "false");
  }

  @Test
  @Observes("REDIS_HOST")
  void refusesRedis() {
    assertThat(serve("STORAGE=mongodb", "REDIS_HOST=redis.example"))
        .contains("REDIS_HOST: redis.example");
    assertThat(serve("STORAGE=mongodb", "REDIS_HOST=")).doesNotContain("REDIS_HOST");
  }

  @Test
  @Observes({"EXECUTION_BACKEND", "KUBERNETES_CONFIG_PATH"})
  void refusesKubernetes() {
    assertRefused("EXECUTION_BACKEND", "kubernetes", "sandbox");
    assertRefused("EXECUTION_BACKEND", "kubernetes", "auto");
    String kubeconfig = "KUBERNETES_CONFIG_PATH=/etc/kubernetes/admin.conf";
    assertThat(serve(ANYWAY, kubeconfig)).contains("KUBERNETES_CONFIG_PATH: /etc/kubernetes");
    assertThat(serve(ANYWAY, kubeconfig, "EXECUTION_BACKEND=sandbox"))
        .doesNotContain("KUBERNETES_CONFIG_PATH");
    assertThat(serve(ANYWAY)).doesNotContain("KUBERNETES_CONFIG_PATH");
  }

  @Test
  @Observes({"OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"})
  void refusesTheExportOfTelemetry() {
    assertRefused("OTLP_TRACES_ENDPOINT", "http://collector.example:4317", "");
    assertRefused("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.example:4317", "");
  }

  @Test
  @Observes({"K8S_POD_CPU_REQUEST", "K8S_POD_MEMORY_REQUEST"})
  void refusesRequestsOverTheirLimits() {
    assertThat(serve(ANYWAY, "K8S_POD_CPU_REQUEST=1001m"))
        .contains("pod_cpu_request", "at most pod_cpu_limit");
    assertThat(serve(ANYWAY, "K8S_POD_CPU_REQUEST=1000m")).doesNotContain("pod_cpu_request");
    assertThat(serve(ANYWAY, "K8S_POD_MEMORY_REQUEST=129Mi"))
        .contains("pod_memory_request", "at most pod_memory_limit");
    assertThat(serve(ANYWAY, "K8S_POD_MEMORY_REQUEST=128Mi")).doesNotContain("pod_memory_request");
  }

  @Test
  void saysEveryRefusalAtOnce() {
    assertThat(
            serve(
                "STORAGE=mongodb",
                "ENABLE_EVENT_STREAMING=true",
                "EXECUTION_BACKEND=kubernetes",
                ANYWAY))
        .contains("STORAGE", "ENABLE_EVENT_STREAMING", "EXECUTION_BACKEND", "REDIS_HOST")
        .contains("does not have yet (expected: ");
  }

  private static void assertRefused(String variable, String refused, String accepted) {
    assertThat(serve(ANYWAY, variable + "=" + refused))
        .contains(variable + ": " + refused)
        .contains("(expected: ");
    assertThat(serve(ANYWAY, variable + "=" + accepted)).doesNotContain(variable);
  }

  /// What `quarterdeck serve` says when it refuses these assignments.
  private static String serve(String... assignments) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--set", "PROFILE=test"));
    for (String assignment : assignments) {
      arguments.add("--set");
      arguments.add(assignment);
    }
    Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(ExitCode.CONFIG);
    assertThat(outcome.text()).isEmpty();
    return outcome.stderr();
  }
}
