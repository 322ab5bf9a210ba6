package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot work is refused at the start, with 78 and a message that says what and where.
@Tag("slow")
class RefusedStartTest {
  private static final int CONFIG = 78;
  private static final String DEVELOPMENT_KEY = "CHANGE_ME_min_32_chars_long_!!!!";

  @TempDir(factory = Homes.class)
  Path home;

  /// What `serve` says when it refuses.
  private String refusal(Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    Quarterdeck.Ended ended = Quarterdeck.run(home, variables, options);
    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(CONFIG);
    assertThat(ended.stdout()).as("greeting").isEmpty();
    assertThat(ended.errors()).doesNotContain("Exception", "\tat ");
    return ended.errors();
  }

  private Map<String, String> with(String... variables) {
    return ServerProcess.variables(home, variables);
  }

  private void nothingIsStored() {
    assertThat(ServerProcess.data(home)).doesNotExist();
  }

  @Test
  void refusesADataDirectoryThatAnotherServerHolds() throws IOException, InterruptedException {
    try (ServerProcess first = ServerProcess.start(home)) {
      assertThat(refusal(with(), "serve"))
          .contains(ServerProcess.data(home).toString())
          .contains(Long.toString(first.pid()));
      assertThat(first.alive()).isTrue();
      Client user = first.user();
      assertThat(user.await(user.execute("bash", "echo still")).path("stdout").asString())
          .isEqualTo("still\n");
    }
  }

  @Test
  void refusesADataDirectoryThatIsAFile() throws IOException, InterruptedException {
    Path file = Files.writeString(home.resolve("a file"), "precious");
    assertThat(refusal(with("DATA_DIR=" + file), "serve")).contains("DATA_DIR", file.toString());
    assertThat(file).hasContent("precious");
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(with("SERVER_PORT=" + port), "serve"))
          .contains("SERVER_PORT", "127.0.0.1:" + port);
    }
  }

  @Test
  void refusesAConfigurationFileThatCannotBeRead() throws IOException, InterruptedException {
    Path missing = home.resolve("not here.toml");
    assertThat(refusal(with(), "--config", missing.toString(), "serve"))
        .contains(missing.toString());
    assertThat(refusal(with(), "--config", home.toString(), "serve")).contains(home.toString());
    nothingIsStored();
  }

  @Test
  void reportsAllBadSettingsAtOnce() throws IOException, InterruptedException {
    Path config = home.resolve("config.toml");
    Files.writeString(config, "execution_slots = 0\nlog_levle = \"DEBUG\"\n");
    assertThat(refusal(with("WEB_THREADS=many"), "serve"))
        .contains("WEB_THREADS", "many")
        .contains("config.toml:1:", "execution_slots")
        .contains("config.toml:2:", "log_levle", "log_level");
    nothingIsStored();
  }

  @Test
  void refusesProductionWithoutAKeyOfItsOwn() throws IOException, InterruptedException {
    assertThat(refusal(with("PROFILE=production"), "serve")).contains("SECRET_KEY");
    assertThat(refusal(with("PROFILE=production", "SECRET_KEY=" + DEVELOPMENT_KEY), "serve"))
        .contains("SECRET_KEY")
        .doesNotContain(DEVELOPMENT_KEY);
    nothingIsStored();
  }

  @Test
  void refusesAPageSizeOverItsBoundAndCitesBoth() throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(with("PAGE_SIZE=50"));
    Files.writeString(home.resolve("config.toml"), "max_page_size = 10\n");
    assertThat(refusal(variables, "serve"))
        .contains("PAGE_SIZE", "50", "config.toml:1:")
        .contains("max_page_size", "10");
    nothingIsStored();
  }
}
