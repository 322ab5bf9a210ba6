package dev.quarterdeck.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a user does with the first page, in Chromium, against the whole server.
@Tag("slow")
final class ConsoleBrowserTest {
  private static final String LINES_FOR_EVER =
      """
      import itertools, time
      for i in itertools.count():
          print(f"bearing {i}", flush=True)
          time.sleep(0.2)
      """;

  private static TestServer server;
  private static Browser browser;
  private Page page;

  @BeforeAll
  static void starts() throws Exception {
    server = TestServer.start();
    browser = Browser.start();
  }

  @AfterAll
  static void stops() throws IOException {
    browser.close();
    server.close();
  }

  @BeforeEach
  void opens() {
    page = browser.page(origin(), 1280, 800, ColorScheme.LIGHT);
    page.navigate("/");
  }

  @AfterEach
  void didNothingWrong() {
    page.context().close();
    assertThat(browser.faults()).isEmpty();
  }

  @Test
  void showsOutputWhileTheProgramRunsAndStopsIt() {
    logIn("user", "user123");
    write(LINES_FOR_EVER);

    page.locator("#run").click();
    output("bearing 3").waitFor();

    assertThat(page.locator("#verdict-text").textContent()).isEqualTo("Running");
    assertThat(page.locator("#run").isDisabled()).isTrue();
    page.locator("#stop").click();
    verdict("cancelled").waitFor();
    assertThat(page.locator("#verdict-text").textContent()).isEqualTo("Cancelled");
    assertThat(page.locator("#output").textContent()).startsWith("bearing 0\nbearing 1\n");
    assertThat(page.locator("#history li").first().textContent()).contains("Cancelled", "python");
    assertThat(page.locator("#stop").isDisabled()).isTrue();
  }

  @Test
  void runsAndStopsByKeyboard() {
    logIn("user", "user123");
    write(LINES_FOR_EVER);

    page.keyboard().press("Control+Enter");
    output("bearing 1").waitFor();
    page.keyboard().press("Escape");

    verdict("cancelled").waitFor();
  }

  @Test
  void showsVerdictTimeAndMemoryOfAProgramThatEnds() {
    logIn("user", "user123");
    page.locator("#arguments").fill("one 'two three'");
    page.locator("#stdin").fill("héllo ✓");
    write("import sys\nprint(sys.argv[1:], sys.stdin.read())\nsys.exit(3)\n");

    page.locator("#run").click();
    verdict("failed").waitFor();

    assertThat(page.locator("#output").textContent()).isEqualTo("['one', 'two three'] héllo ✓\n");
    assertThat(page.locator("#verdict-text").textContent()).isEqualTo("Failed with exit code 3");
    assertThat(page.locator("#exit-code").textContent()).isEqualTo("3");
    assertThat(page.locator("#wall-time").textContent()).matches("[0-9.]+ m?s");
    assertThat(page.locator("#cpu-time").textContent()).matches("[0-9.]+ m?s");
    assertThat(page.locator("#peak-memory").textContent()).matches("[0-9.]+ MiB");
  }

  @Test
  void showsHostileOutputAsText() {
    logIn("user", "user123");
    String hostile = "</div><img src=x onerror=alert(1)><script>alert(2)</script>";
    write("import sys\nprint('" + hostile + "')\nprint('\\x1b[31m', file=sys.stderr)\n");

    page.locator("#run").click();
    verdict("completed").waitFor();
    output(hostile).waitFor();

    assertThat(page.locator("#output img, #output script").count()).isZero();
    // Python writes the end of the line by itself: it may come as a piece of its own.
    assertThat(String.join("", page.locator("#output .stderr").allTextContents()))
        .isEqualTo("\u241b[31m\n");
  }

  @Test
  void holdsTwentyThousandLinesAndStaysUsable() {
    logIn("user", "user123");
    write("for i in range(20000):\n    print('line', i)\n");

    page.locator("#run").click();
    verdict("completed").waitFor();
    page.locator("#output").getByText("line 19999").waitFor();

    assertThat(page.locator("#output").textContent().lines().count()).isEqualTo(20_000);
    assertThat((Integer) page.evaluate("document.querySelectorAll('#output *').length"))
        .isLessThan(1000);
    page.locator("#example").click();
    assertThat(page.locator("#run").isEnabled()).isTrue();
  }

  @Test
  void opensAnEarlierResultAndKeepsItOverAReload() {
    logIn("user", "user123");
    write("print('the first')\n");
    page.locator("#run").click();
    verdict("completed").waitFor();
    write("print('the second')\n");
    page.locator("#run").click();
    output("the second").waitFor();
    verdict("completed").waitFor();

    page.locator("#history li button").nth(1).click();
    output("the first").waitFor();
    page.reload();

    output("the first").waitFor();
    assertThat(page.locator("#history li button[aria-current]").count()).isEqualTo(1);
    page.locator("#editor", new Page.LocatorOptions().setHasText("the second")).waitFor();
  }

  @Test
  void saysWhyALoginARegistrationAndARunAreRefused() {
    page.locator("#username").fill("user");
    page.locator("#password").fill("wrong");
    page.locator("#sign-in-submit").click();
    page.locator("#sign-in-problem:not([hidden])").waitFor();
    assertThat(page.locator("#sign-in-problem").textContent()).contains("password");

    page.locator("#switch").click();
    page.locator("#email").fill("ann@example.org");
    page.locator("#password").fill("x");
    page.locator("#sign-in-submit").click();
    page.locator("#sign-in-problem:not([hidden])").waitFor();
    assertThat(page.locator("#sign-in-problem").textContent()).contains("password");

    page.locator("#switch").click();
    logIn("user", "user123");
    write("");
    page.locator("#run").click();
    page.locator("#problem:not([hidden])").waitFor();
    assertThat(page.locator("#problem").textContent()).startsWith("script: ");
    assertThat(browser.forgive("Failed to load resource")).isTrue();
  }

  @Test
  void registersAndLogsOutAndForgetsTheProgram() {
    page.locator("#switch").click();
    page.locator("#username").fill("ann");
    page.locator("#email").fill("ann@example.org");
    page.locator("#password").fill("correct horse battery");
    page.locator("#sign-in-submit").click();
    ready();
    write("print('a secret of ann')\n");

    page.locator("#log-out").click();
    page.locator("body[data-user=''] #sign-in").waitFor();
    page.waitForLoadState();

    assertThat(page.locator("#workspace").isVisible()).isFalse();
    assertThat(page.content()).doesNotContain("a secret of ann");
    logIn("user", "user123");
    page.locator("#editor .ace_line").first().waitFor();
    assertThat(page.locator("#editor").textContent()).doesNotContain("a secret of ann");
  }

  @Test
  void fitsAPhoneAndTheDark() throws IOException {
    page.context().close();
    page = browser.page(origin(), 400, 800, ColorScheme.DARK);
    page.navigate("/");
    logIn("user", "user123");

    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
    assertThat(page.evaluate("getComputedStyle(document.body).color"))
        .isEqualTo("rgb(226, 232, 239)");
    Files.createDirectories(Path.of("target", "screenshots"));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "phone.png")));
  }

  private static String origin() {
    return server.address().toString();
  }

  private void logIn(String name, String password) {
    page.locator("#username").fill(name);
    page.locator("#password").fill(password);
    page.locator("#sign-in-submit").click();
    ready();
  }

  private void ready() {
    page.locator("#run:enabled").waitFor();
  }

  private void write(String program) {
    page.locator("#editor textarea").focus();
    page.keyboard().press("Control+a");
    page.keyboard().press("Delete");
    page.keyboard().insertText(program);
  }

  private Locator verdict(String name) {
    return page.locator("#verdict[data-verdict='" + name + "']");
  }

  private Locator output(String text) {
    return page.locator("#output", new Page.LocatorOptions().setHasText(text));
  }
}
