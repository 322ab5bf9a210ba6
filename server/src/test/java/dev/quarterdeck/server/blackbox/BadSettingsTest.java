package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.Quarterdeck.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings that cannot be used, as the program itself says it: exit code 78, one clear report, no
/// stack trace, no hang.
@Tag("slow")
class BadSettingsTest {
  /// A root that is bound by permissions as anybody else is.
  private static final List<String> BOUND =
      List.of(
          "setpriv",
          "--inh-caps=-dac_override,-dac_read_search",
          "--bounding-set=-dac_override,-dac_read_search");

  @TempDir Path home;

  private void assertRefused(String expected, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("config", "check"));
    command.addAll(List.of(arguments));
    Ended ended = Quarterdeck.run(home, variables, command.toArray(String[]::new));
    assertThat(ended.errors())
        .startsWith("The settings have 1 problem")
        .contains(expected)
        .doesNotContain("\tat ", "Exception", "fault of the program");
    assertThat(ended.exitCode()).isEqualTo(78);
    assertThat(ended.stdout()).isEmpty();
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException, InterruptedException {
    Path pipe = home.resolve("a pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path deep = home.resolve("deep.toml");
    Files.writeString(deep, "[" + "a.".repeat(10_000) + "a]\n");
    Path latin = home.resolve("latin.toml");
    Files.write(latin, "project_name = \"é\"".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused("this is a directory (expected: a file)", Map.of(), "--config", home.toString());
    assertRefused("this is a pipe or device", Map.of(), "--override", pipe.toString());
    assertRefused("there is no such file", Map.of(), "--env-file", home.resolve("no") + "");
    assertRefused(
        "a key of more than 256 parts [toml.depth]", Map.of(), "--config", deep.toString());
    assertRefused("the bytes are not UTF-8", Map.of(), "--config", latin.toString());
  }

  @Test
  void argumentsAndVariablesThatAreNoneAreRefused() throws IOException, InterruptedException {
    assertRefused("(expected: KEY=VALUE)", Map.of(), "--set", "page_size");
    assertRefused("did you mean production?", Map.of("PROFILE", "producton"));
    assertRefused("page_size: 1\\n2 (expected: a whole number", Map.of("PAGE_SIZE", "1\n2"));
  }

  @Test
  void fileThatThisUserMayNotReadIsSaidSo() throws IOException, InterruptedException {
    Path file = Files.writeString(home.resolve("closed.toml"), "page_size = 12\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    boolean root = (int) Files.getAttribute(home, "unix:uid") == 0;
    Process process =
        Quarterdeck.process(
                home,
                root ? BOUND : List.of(),
                Map.of(),
                "config",
                "check",
                "--config",
                file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("closed.toml: no permission to read the file [settings.file]");
    assertThat(process.exitValue()).isEqualTo(78);
  }
}
