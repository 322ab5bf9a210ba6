package dev.quarterdeck.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.settings.AppSettingsBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The files under `deploy/` can be read by what they are for, and set only settings that exist.
class DeployFilesTest {
  private static final Path DEPLOY = Repository.root().resolve("deploy");
  private static final Pattern VARIABLE = Pattern.compile("\\b([A-Z][A-Z0-9_]+)=");

  @Test
  void systemdUnitHasTheSectionsAndTheDelegationThatTheSandboxNeeds() {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    String section = "";
    for (String line : Repository.read(DEPLOY.resolve("quarterdeck.service")).split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        section = line;
        sections.put(section, new ArrayList<>());
      } else {
        assertThat(line).matches("[A-Z][A-Za-z]+=.*");
        assertThat(sections).containsKey(section);
        sections.getOrDefault(section, List.of()).add(line);
      }
    }
    assertThat(sections.keySet()).containsExactly("[Unit]", "[Service]", "[Install]");
    assertThat(sections.get("[Service]"))
        .contains("Delegate=cpu memory pids", "User=quarterdeck")
        .noneMatch(
            line ->
                line.matches(
                    "(RestrictNamespaces|ProtectControlGroups|ProtectKernelTunables|PrivateDevices|MemoryDenyWriteExecute|NoNewPrivileges)=.*"));
    assertThat(variables("quarterdeck.service")).isNotEmpty().allMatch(DeployFilesTest::isSetting);
  }

  @Test
  void manifestsOfKubernetesGiveThePodAUserNamespaceAndNoCapability() {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Repository.read(DEPLOY.resolve("kubernetes.yaml")))
        .forEach(documents::add);
    assertThat(documents)
        .extracting(document -> at(document, "kind"))
        .containsExactly("StatefulSet", "Service");
    Object pod = at(documents.getFirst(), "spec", "template", "spec");
    assertThat(at(pod, "hostUsers")).isEqualTo(false);
    Object container = ((List<?>) at(pod, "containers")).getFirst();
    assertThat(at(container, "securityContext", "procMount")).isEqualTo("Unmasked");
    assertThat(at(container, "securityContext", "capabilities", "drop")).isEqualTo(List.of("ALL"));
    assertThat((List<?>) at(container, "env"))
        .extracting(variable -> (String) at(variable, "name"))
        .allMatch(DeployFilesTest::isSetting);
    assertThat(at(container, "readinessProbe", "httpGet", "path"))
        .isEqualTo("/api/v1/health/ready");
  }

  @Test
  void imageSetsOnlySettingsThatExist() {
    Set<String> variables = variables("Dockerfile");
    assertThat(variables).contains("DATA_DIR", "SERVER_HOST");
    variables.remove("JAVA25_HOME");
    assertThat(variables).allMatch(DeployFilesTest::isSetting);
  }

  private static boolean isSetting(String variable) {
    return AppSettingsBinder.INSTANCE.schema().byVariable(variable) != null;
  }

  private static Set<String> variables(String file) {
    Matcher matcher = VARIABLE.matcher(Repository.read(DEPLOY.resolve(file)));
    return matcher.results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static Object at(Object node, String... keys) {
    Object here = node;
    for (String key : keys) {
      assertThat(here).isInstanceOf(Map.class);
      Object below = ((Map<?, ?>) here).get(key);
      assertThat(below).as(key + " in " + here).isNotNull();
      here = java.util.Objects.requireNonNull(below);
    }
    return here;
  }
}
