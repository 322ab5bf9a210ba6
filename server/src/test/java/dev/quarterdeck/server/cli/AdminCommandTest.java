package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void createsAnAdministratorWhoCanLogInAfterwards() throws Exception {
    Outcome outcome = create("chief", "chief@example.com", "a long password");
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text()).isEqualTo("created administrator chief\n");
    try (TestServer server = TestServer.startIn(directory)) {
      assertThat(
              server
                  .client()
                  .tryLogin("chief", "a%20long%20password")
                  .expect(200)
                  .json()
                  .get("role")
                  .asString())
          .isEqualTo("admin");
    }
  }

  @Test
  void saysWhatIsWrongWithNameAddressAndPasswordAtOnce() {
    Outcome outcome = create("x y", "nowhere", "short");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.stderr()).contains("username").contains("email").contains("password");
  }

  @Test
  void refusesANameThatIsTaken() {
    assertThat(create("chief", "chief@example.com", "a long password").exitCode()).isZero();
    Outcome again = create("Chief", "other@example.com", "a long password");
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(again.stderr()).containsIgnoringCase("username");
  }

  @Test
  void refusesADataDirectoryThatAServerHolds() throws Exception {
    try (TestServer server = TestServer.startIn(directory)) {
      assertThat(server.port()).isPositive();
      Outcome outcome = create("chief", "chief@example.com", "a long password");
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIG);
      assertThat(outcome.stderr())
          .contains(directory.resolve("data").toString())
          .contains("in use");
    }
  }

  private Outcome create(String name, String email, String password) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
    try {
      return Outcome.of(
          "admin",
          "create",
          "--username",
          name,
          "--email",
          email,
          "--password-stdin",
          "--set",
          "PROFILE=test",
          "--set",
          "DATA_DIR=" + directory.resolve("data"));
    } finally {
      System.setIn(before);
    }
  }
}
