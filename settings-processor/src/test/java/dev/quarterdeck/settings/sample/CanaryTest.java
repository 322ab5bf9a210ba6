package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.FlatValue;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.SettingsException;
import dev.quarterdeck.settings.render.Difference;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Explain;
import dev.quarterdeck.settings.render.FaultsJson;
import dev.quarterdeck.settings.render.Show;
import dev.quarterdeck.settings.render.Side;
import dev.quarterdeck.settings.schema.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants a secret in every layer and in every way to go wrong, and looks for any six characters of
/// it in everything that can be printed. Names are shown: a secret that is written as the name of a
/// setting is none.
@Tag("slow")
class CanaryTest {
  /// No six characters of them occur in any message.
  private static final List<String> CANARIES =
      List.of("Zq9-vX7!kW3", "zqxvjkwpyfgbhmzq", "73914682573914", "qzx://Zq9:vX7kW3@jQ8z/wV5");

  /// The keys that are secret, by path and variable.
  private static final Map<String, String> SECRETS =
      Map.of(
          "word", "WORD", "pin", "PIN", "door", "DOOR", "pause", "PAUSE", "inner.key", "INNER_KEY");

  /// What else may be wrong in the same load.
  private static final List<String> SIBLINGS =
      List.of("", "open = 0\n", "open = \"x\"\n", "open = 50\n", "open = 49\n", "open = [\n");

  /// All of them for one canary, none for the others: the ways to go wrong do not multiply.
  private static List<String> siblings(String canary) {
    return canary.equals(CANARIES.getFirst()) ? SIBLINGS : List.of("");
  }

  @TempDir Path directory;
  private int files;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("file" + files++), content);
  }

  private static Loader<Vault> loader() {
    return Settings.of(VaultBinder.INSTANCE);
  }

  /// Everything that anybody can print of a load.
  private static String everything(Loader<Vault> loader) {
    Checkup<Vault> checkup = loader.check();
    StringBuilder all = new StringBuilder(checkup.report()).append(checkup);
    all.append(checkup.faults()).append(checkup.warnings()).append(FaultsJson.write(checkup));
    all.append(Show.text(checkup.provenance(), true)).append(Show.json(checkup.provenance()));
    all.append(EffectiveToml.write(checkup.provenance()));
    for (Key key : checkup.provenance().schema().keys()) {
      all.append(Explain.text(checkup.provenance(), key));
      all.append(Explain.json(checkup.provenance(), key));
      all.append(checkup.provenance().definitions(key)).append(checkup.provenance().winner(key));
    }
    Difference difference =
        new Difference(
            Side.of("a", checkup.provenance()), Side.of("b", loader().check().provenance()));
    all.append(difference.text(false)).append(difference.json());
    checkup
        .loaded()
        .ifPresent(
            loaded -> {
              all.append(loaded).append(FlatValue.all(loaded, true));
              FlatValue.all(loaded, false).values().forEach(one -> all.append(one.value()));
              Vault vault = loaded.value();
              all.append(vault.word()).append(vault.pin()).append(vault.door());
              all.append(vault.pause()).append(vault.inner());
            });
    try {
      loader.load();
    } catch (SettingsException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      all.append(trace).append(e);
    }
    return all.toString();
  }

  private static void assertNoTrace(String how, String canary, String all) {
    byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
    List<String> forms = new ArrayList<>();
    for (int i = 0; i + 6 <= canary.length(); i++) {
      forms.add(canary.substring(i, i + 6));
    }
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(URLEncoder.encode(canary, StandardCharsets.UTF_8));
    for (String form : forms) {
      if (all.contains(form)) {
        int at = all.indexOf(form);
        throw new AssertionError(
            "%s shows %s of %s: %s"
                .formatted(how, form, canary, all.substring(Math.max(0, at - 200), at + 20)));
      }
    }
  }

  /// Ways to write a secret into a TOML file, where it must not be.
  private static List<String> tomlForms(String path, String variable, String canary) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    String header =
        path.contains(".") ? "[" + path.substring(0, path.lastIndexOf('.')) + "]\n" : "";
    return List.of(
        path + " = \"" + canary + "\"",
        variable + " = '" + canary + "'",
        header + name + " = '''\n" + canary + "\n" + canary + "'''",
        path + " = \"" + canary,
        path + " = " + canary,
        path + " = \"" + canary + "\" " + canary,
        path + " = \"" + canary + "\"\n" + path + " = \"" + canary + "\"",
        path + " = \"" + canary + "\"\n" + variable + " = \"" + canary + "\"",
        path + " = [\"" + canary + "\", 1,\n\"" + canary + "\"",
        path + " = { a = \"" + canary + "\", b = @ }",
        header + name + "x = \"" + canary + "\"",
        "[inner.more]\n" + name + " = \"" + canary + "\"",
        "inner = { " + name + " = \"" + canary + "\", open = 1 }",
        "inner = \"" + canary + "\"",
        "# " + path + " = \"" + canary + "\"\nopen = x # " + canary,
        path + " \"" + canary + "\"",
        canary);
  }

  private static List<String> dotenvForms(String variable, String canary) {
    return List.of(
        variable + "='" + canary + "'",
        variable + "=" + canary,
        variable + "=\"" + canary,
        variable + "='" + canary + "'\n" + variable + "='" + canary + "'",
        variable + "='" + canary + "' " + canary,
        variable + " = '" + canary + "'",
        variable + "X='" + canary + "'",
        "export " + variable + ": '" + canary + "'",
        variable + "=\"a\\q" + canary + "\"",
        variable + "=\"\n" + canary + "\n" + canary + "\"",
        "OPEN='" + variable + "=" + canary,
        canary);
  }

  @Test
  void noSecretShowsFromAnyFileInAnyForm() throws IOException {
    int loads = 0;
    for (String canary : CANARIES) {
      for (Map.Entry<String, String> key : SECRETS.entrySet()) {
        for (String sibling : siblings(canary)) {
          for (String form : tomlForms(key.getKey(), key.getValue(), canary)) {
            Path file = file(sibling + form + "\n");
            assertNoTrace(form, canary, everything(loader().toml(file)));
            assertNoTrace(form, canary, everything(loader().override(file)));
            loads += 2;
          }
          for (String form : dotenvForms(key.getValue(), canary)) {
            Loader<Vault> loader = loader().dotenv(file(form + "\n")).toml(file(sibling));
            assertNoTrace(form, canary, everything(loader));
            loads++;
          }
        }
      }
    }
    assertThat(loads).isGreaterThan(2000);
  }

  @Test
  void noSecretShowsFromEnvironmentArgumentsAndValueFiles() throws IOException {
    for (String canary : CANARIES) {
      for (Map.Entry<String, String> key : SECRETS.entrySet()) {
        for (String sibling : siblings(canary)) {
          for (Map.Entry<String, Loader<Vault>> mode : others(key, canary).entrySet()) {
            String all = everything(mode.getValue().toml(file(sibling)));
            assertNoTrace(key.getKey() + " " + mode.getKey(), canary, all);
          }
        }
      }
    }
  }

  private Map<String, Loader<Vault>> others(Map.Entry<String, String> key, String canary)
      throws IOException {
    String variable = key.getValue();
    String named = variable + "_FILE";
    String good = file(canary).toString();
    String large = file(canary.repeat(8000)).toString();
    Path credentials = Files.createDirectory(directory.resolve("credentials" + files++));
    Files.writeString(credentials.resolve(variable), canary);
    Path odd = file("");
    Files.write(odd, (canary + "\u00e9\0").getBytes(StandardCharsets.ISO_8859_1));
    Map<String, Loader<Vault>> modes = new LinkedHashMap<>();
    modes.put("variable", environment(Map.of(variable, canary)));
    modes.put("with a line end", environment(Map.of(variable, canary + "\n" + canary)));
    modes.put("with NUL", environment(Map.of(variable, canary + "\0")));
    modes.put("misspelt", environment(Map.of(variable + "S", canary, "WORD", canary)));
    modes.put("file", environment(Map.of(named, good)));
    modes.put("both", environment(Map.of(named, good, variable, canary)));
    modes.put("large file", environment(Map.of(named, large)));
    modes.put("file of other bytes", environment(Map.of(named, odd.toString())));
    modes.put("value in place of the file", environment(Map.of(named, canary)));
    modes.put("value as a path", environment(Map.of(named, directory + "/" + canary)));
    modes.put("value with NUL as a path", environment(Map.of(named, canary + "\0")));
    modes.put("directory", environment(Map.of(named, directory.toString())));
    modes.put("file by .env", loader().dotenv(file(named + "='" + good + "'")));
    modes.put("value in place of the file, .env", loader().dotenv(file(named + "='" + canary)));
    modes.put("credential", environment(Map.of("CREDENTIALS_DIRECTORY", credentials.toString())));
    modes.put(
        "credential and variable",
        environment(
            Map.of("CREDENTIALS_DIRECTORY", credentials.toString(), variable, canary + "x")));
    modes.put("argument", loader().arguments(List.of(key.getKey() + "=" + canary)));
    modes.put("argument by variable", loader().arguments(List.of(variable + "=" + canary)));
    modes.put("argument misspelt", loader().arguments(List.of(key.getKey() + "x=" + canary)));
    modes.put("argument without key", loader().arguments(List.of("=" + canary, canary)));
    return modes;
  }

  private static Loader<Vault> environment(Map<String, String> variables) {
    return loader().environment(variables);
  }

  @Test
  void noPasswordOfAUrlShowsFromAnyLayer() throws IOException {
    String password = "Zq9vX7kW3pL5";
    for (String url :
        List.of(
            "https://user:" + password + "@h/p",
            "https://user:" + password + "@h/p q",
            "https://:" + password + "@h:99999999/%zz",
            "amqp://a:" + password + "@h,amqp://b:" + password + "@i")) {
      for (Loader<Vault> loader :
          List.of(
              loader().toml(file("link = \"" + url + "\"\n")),
              loader().toml(file("link = [\"" + url + "\"]\n")),
              loader().toml(file("lnik = \"" + url + "\"\n")),
              loader().dotenv(file("LINK='" + url + "'\n")),
              loader().dotenv(file("LINK=\"" + url + "\n")),
              environment(Map.of("LINK", url)),
              environment(Map.of("LINK", url, "OPEN", url)),
              environment(Map.of("LINK_FILE", url)),
              environment(Map.of("LINK_FILE", file(url + "\n").toString())),
              loader().arguments(List.of("link=" + url)),
              loader().arguments(List.of("open=" + url)))) {
        assertNoTrace(url, password, everything(loader));
      }
    }
  }
}
