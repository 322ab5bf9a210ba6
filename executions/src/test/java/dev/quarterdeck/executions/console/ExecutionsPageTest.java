package dev.quarterdeck.executions.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.http.console.Console;
import dev.quarterdeck.http.console.Page;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page's files fit together: what one names, another has.
final class ExecutionsPageTest {
  private final Page page = ExecutionsPage.page();
  private final Map<String, String> assets = new Console(List.of(page)).assets();

  @Test
  void hasEveryAssetOnTheClassPath() {
    assertThat(assets).hasSizeGreaterThan(40).allSatisfy((path, resource) -> text(resource));
  }

  @Test
  void listsEveryFileThatThePageNames() {
    assertThat(assets)
        .containsKeys(page.styles().toArray(String[]::new))
        .containsKeys(page.scripts().toArray(String[]::new))
        .containsKeys(page.modules().toArray(String[]::new));
  }

  @Test
  void listsEveryModuleThatAScriptImports() {
    Set<String> imported = new TreeSet<>();
    ownScripts()
        .forEach(
            (path, script) ->
                found("from \"([^\"]+)\"", script)
                    .forEach(name -> imported.add(resolved(path, name))));

    assertThat(imported).contains("/assets/console/api.js", "/assets/executions/output.js");
    assertThat(assets).containsKeys(imported.toArray(String[]::new));
  }

  @Test
  void listsEveryImageOfTheEditorsStyleSheet() {
    Set<String> images = found("url\\(\"\\./([^\"]+)\"\\)", asset("/assets/ace/ace.css"));

    assertThat(images).isNotEmpty();
    assertThat(images).allSatisfy(name -> assertThat(assets).containsKey("/assets/ace/" + name));
  }

  @Test
  void servesExactlyTheModesThatTheEditorLoads() {
    String editor = asset("/assets/executions/editor.js");
    String table = editor.substring(editor.indexOf("MODES = {"), editor.indexOf("};"));

    assertThat(found(": \"([a-z_]+)\"", table))
        .containsExactlyInAnyOrderElementsOf(ExecutionsPage.MODES);
  }

  @Test
  void hasEveryElementThatTheScriptsLookUp() {
    Set<String> wanted = new TreeSet<>();
    ownScripts()
        .forEach(
            (path, script) -> {
              if (path.startsWith("/assets/executions/")) {
                wanted.addAll(found("(?:byId|getElementById)\\(\"([^\"]+)\"\\)", script));
              }
            });

    assertThat(wanted).contains("verdict", "output", "history");
    assertThat(found("id=\"([^\"]+)\"", html())).containsAll(wanted);
  }

  @Test
  void hasNothingInLineAndNoOtherHost() {
    assertThat(html()).doesNotContainPattern("<script|<style|style=|\\son[a-z]+=|https?://");
    ownScripts()
        .forEach(
            (path, script) ->
                assertThat(script)
                    .as(path)
                    .doesNotContainPattern(
                        "innerHTML|outerHTML|insertAdjacentHTML|https?://|eval"));
  }

  @Test
  void labelsEveryField() {
    Set<String> fields = found("<(?:input|select|textarea) id=\"([^\"]+)\"", html());

    assertThat(fields).hasSize(4);
    assertThat(found("<label[^>]* for=\"([^\"]+)\"", html())).containsExactlyElementsOf(fields);
  }

  private String html() {
    StringOutput output = new StringOutput();
    page.content().writeTo(output);
    return output.toString();
  }

  private Map<String, String> ownScripts() {
    Map<String, String> scripts = new TreeMap<>();
    for (String path : assets.keySet()) {
      if (path.endsWith(".js") && !path.startsWith("/assets/ace/")) {
        scripts.put(path, asset(path));
      }
    }
    return scripts;
  }

  private static String resolved(String from, String name) {
    return name.startsWith("./")
        ? from.substring(0, from.lastIndexOf('/')) + name.substring(1)
        : name;
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> all = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }

  private String asset(String path) {
    return text(assets.getOrDefault(path, path + " is not listed"));
  }

  private static String text(String resource) {
    try (InputStream in = Page.class.getClassLoader().getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }
}
