package dev.quarterdeck.production.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTypesTest {
  private static final String GOOD =
      """
      version: 1
      defaults:
        strip_type_prefix: true
      types:
        ApexClass: {domain: salesforce, kind: single_file, folders: [classes, src/code/], exts: [.cls]}
        Special:
          domain: salesforce
          kind: single_file
          folders: [odd/place]
          exts: [.odd, .odder]
        OmniScript:
          domain: vlocity
          kind: bundle
          folder_roots: [packs/omni]
          primary_glob: "{name}/{name}_DataPack.json"
      """;

  @TempDir Path directory;

  @Test
  void laysTheFilesTypesOverTheBuiltIn() throws IOException {
    ComponentRegistry registry = ComponentRegistry.load(file(GOOD));
    assertThat(resolve(registry, "src/code/Foo.cls")).isEqualTo("ApexClass.Foo");
    assertThat(resolve(registry, "odd/place/A.odder-meta.xml")).isEqualTo("Special.A");
    assertThat(resolve(registry, "deep/odd/place/in/A.odd")).isEqualTo("Special.in/A");
    assertThat(resolve(registry, "packs/omni/Pay/x.json")).isEqualTo("OmniScript.Pay");
    assertThat(resolve(registry, "vlocity/OmniScript/Pay/x.json")).isEqualTo("OmniScript.Pay");
    assertThat(resolve(registry, "lwc/card/card.js")).isEqualTo("LightningComponentBundle.card");
    assertThat(registry.type("Special").orElseThrow().builtIn()).isFalse();
    assertThat(registry.hash()).isNotEqualTo(ComponentRegistry.builtIn().hash());
  }

  @Test
  void keepsThePrefixWhenTheFileSaysSo() throws IOException {
    ComponentRegistry registry =
        ComponentRegistry.load(file(GOOD.replace("prefix: true", "prefix: false")));
    assertThat(registry.named("ApexClass", "ApexClass.Foo"))
        .contains(new ComponentId("ApexClass", "ApexClass.Foo"));
  }

  @Test
  void isBuiltInAloneWithoutAFile() {
    assertThat(ComponentRegistry.load(directory.resolve("none.yaml")).hash())
        .isEqualTo(ComponentRegistry.builtIn().hash());
  }

  @Test
  void namesEveryProblemAtItsPlace() throws IOException {
    assertThat(
            problems(
                """
                version: 2
                default: {}
                types:
                  9Bad: {domain: salesforce, kind: single_file, folders: [a], exts: [.a]}
                  One: {domain: sap, kind: file}
                  Two: {domain: salesforce, kind: single_file, folders: [], exts: [cls], primary_glob: x}
                  Three: {domain: vlocity, kind: bundle, folder_roots: [../up, /root], primary_glob: y}
                  Four: text
                  Five: {kind: bundle, folder_roots: text}
                  Six: {domain: salesforce, kind: single_file, folders: [a], exts: [.a]}
                  Six: {domain: salesforce, kind: single_file, folders: [b], exts: [.b]}
                """))
        .containsExactly(
            "types.yaml:2:10: default: unknown key (expected one of: defaults, types, version)",
            "types.yaml:1:10: version: not supported (expected: 1)",
            "types.yaml:11:3: Six: stands twice in types (expected: once)",
            "types.yaml:4:9: types.9Bad: no name of a type (expected: a letter, then letters,"
                + " digits or _)",
            "types.yaml:5:17: types.One.domain: sap (expected one of: salesforce, vlocity)",
            "types.yaml:5:28: types.One.kind: file (expected one of: bundle, single_file)",
            "types.yaml:6:88: types.Two.primary_glob: unknown key (expected one of: domain, exts,"
                + " folders, kind)",
            "types.yaml:6:57: types.Two.folders: an empty list (expected: a list of at least one"
                + " text)",
            "types.yaml:6:68: types.Two.exts: cls (expected: an ending such as .cls)",
            "types.yaml:7:57: types.Three.folder_roots: ../up (expected: a folder of the repository"
                + " such as src/classes)",
            "types.yaml:7:64: types.Three.folder_roots: /root (expected: a folder of the repository"
                + " such as src/classes)",
            "types.yaml:7:86: types.Three.primary_glob: y (expected: a path below the component's"
                + " folder such as {name}/{name}_DataPack.json)",
            "types.yaml:8:9: types.Four: a text (expected: a mapping of names to values)",
            "types.yaml:9:9: types.Five.domain: missing",
            "types.yaml:9:38: types.Five.folder_roots: a text (expected: a list of at least one"
                + " text)",
            "types.yaml:10:8: types.Six: a/*.a belongs to 9Bad already (expected: one type per"
                + " place)");
  }

  @Test
  void saysWhereTheFileIsNoYaml() throws IOException {
    assertThat(problems("version: 1\ntypes: [unclosed\n"))
        .singleElement()
        .asString()
        .startsWith("types.yaml:3:1: ")
        .endsWith("(expected: YAML 1.2)");
    assertThat(problems("")).containsExactly("types.yaml: the file is empty");
    assertThat(problems("- a\n"))
        .contains("types.yaml:1:1: the file: a list (expected: a mapping of names to values)");
    assertThat(problems("a: 1\n---\nb: 2\n")).hasSize(1);
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path bytes = directory.resolve("bytes.yaml");
    Files.write(bytes, new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThat(problems(bytes)).containsExactly("bytes.yaml: not UTF-8 (expected: text in UTF-8)");
    assertThat(problems(directory)).singleElement().asString().contains("a directory");
  }

  private static String resolve(ComponentRegistry registry, String path) {
    return registry.resolve(path).orElseThrow().toString();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("types.yaml"), content, StandardCharsets.UTF_8);
  }

  private List<String> problems(String content) throws IOException {
    return problems(file(content));
  }

  private List<String> problems(Path file) {
    RegistryException refused =
        catchThrowableOfType(RegistryException.class, () -> ComponentRegistry.load(file));
    return refused.problems().stream()
        .map(problem -> problem.replace(directory + "/", ""))
        .toList();
  }
}
