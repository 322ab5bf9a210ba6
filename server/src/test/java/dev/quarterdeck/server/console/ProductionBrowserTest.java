package dev.quarterdeck.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user does with the page of production state, in Chromium, over a repository of its own.
@Tag("slow")
final class ProductionBrowserTest {
  @TempDir private static Path directory = Path.of("");
  private static TestServer server;
  private static Browser browser;
  private Page page;

  @BeforeAll
  static void starts() throws Exception {
    Path repository = directory.resolve("org");
    try (Git git = Git.init().setDirectory(repository.toFile()).setInitialBranch("master").call()) {
      commit(git, "classes/Same.cls", "class Same {}\n", "US-0000001: the same");
      commit(git, "classes/Changed.cls", "class Changed {\n  int a = 1;\n}\n", "US-0000002: a");
      commit(git, "classes/Gone.cls", "class Gone {}\n", "US-0000003: goes");
      git.checkout().setCreateBranch(true).setName("uat").call();
      commit(git, "classes/Changed.cls", "class Changed {\n  int a = 2;\n}\n", "US-0000004: b");
      commit(git, "classes/New.cls", "class New {}\n", "US-0000005: new <b>bold</b>");
      git.rm().addFilepattern("classes/Gone.cls").call();
      git.commit().setMessage("US-0000006: gone").setSign(false).call();
      git.checkout().setName("master").call();
      git.checkout().setCreateBranch(true).setName("promotion/P00001-x").call();
      commit(git, "pages/Home.page", "<apex:page/>\n", "US-0000007: home");
      git.checkout().setName("master").call();
      git.merge()
          .include(git.getRepository().resolve("promotion/P00001-x"))
          .setFastForward(MergeCommand.FastForwardMode.NO_FF)
          .setMessage("Merge branch promotion/P00001-x into master. Merged and deployed by Copado")
          .call();
    }
    server = TestServer.start("BITBUCKET_BASE_URL=" + repository.toUri());
    browser = Browser.start();
  }

  private static void commit(Git git, String path, String text, String message)
      throws IOException, GitAPIException {
    Path file = git.getRepository().getWorkTree().toPath().resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    git.add().addFilepattern(path).call();
    git.commit().setMessage(message).setAuthor("Ada", "ada@example.org").setSign(false).call();
  }

  @AfterAll
  static void stops() throws IOException {
    browser.close();
    server.close();
  }

  @BeforeEach
  void opens() {
    page = browser.page(server.address().toString(), 1280, 800, ColorScheme.LIGHT);
    logIn();
  }

  private void logIn() {
    page.navigate("/production");
    page.locator("#username").fill("user");
    page.locator("#password").fill("user123");
    page.locator("#sign-in-submit").click();
    page.locator("#matrix-body tr").first().waitFor();
  }

  @AfterEach
  void didNothingWrong() {
    page.context().close();
    assertThat(browser.faults()).isEmpty();
  }

  private String row(String name) {
    return page.locator("#matrix-body tr", new Page.LocatorOptions().setHasText(name))
        .textContent();
  }

  @Test
  void showsEveryComponentAgainstEveryEnvironmentAndFilters() {
    assertThat(row("Same")).contains("ApexClass", "Ada", "same");
    assertThat(row("Changed")).contains("different");
    assertThat(row("New")).contains("not there", "only there");
    assertThat(row("Gone")).contains("missing");

    page.locator("#filters [name=status]").selectOption("ONLY_HERE");
    page.locator("#matrix-count", new Page.LocatorOptions().setHasText("1 of 1")).waitFor();
    page.locator("#filters [name=name]").fill("nothing like it");
    page.locator("#matrix-count", new Page.LocatorOptions().setHasText("No component")).waitFor();
  }

  @Test
  void opensHistoryAndLinesOfAComponent() {
    page.locator("#matrix-body button", new Page.LocatorOptions().setHasText("Changed")).click();
    page.locator("#detail-diff .sides tr[data-kind=changed]").waitFor();
    page.locator("#detail-history", new Page.LocatorOptions().setHasText("Ada")).waitFor();

    assertThat(page.locator("#detail-history").textContent()).contains("US-0000002: a", "Ada");
    assertThat(
            page.locator("#detail-diff .old", new Page.LocatorOptions().setHasText("int a"))
                .textContent())
        .isEqualTo("  int a = 1;");
    assertThat(
            page.locator("#detail-diff .new", new Page.LocatorOptions().setHasText("int a"))
                .textContent())
        .isEqualTo("  int a = 2;");
    page.keyboard().press("Escape");
    assertThat(page.locator("#detail").isVisible()).isFalse();
  }

  @Test
  void drawsDeploymentsAndListsDriftByKeyboardToo() {
    page.locator("#tab-matrix").focus();
    page.keyboard().press("ArrowRight");
    page.locator("#timeline-picture circle").first().waitFor();
    assertThat(page.locator("#timeline-list").textContent()).contains("P00001", "deployed");
    assertThat(page.locator("#timeline-picture circle[data-kind=promotion]").count()).isOne();

    page.keyboard().press("ArrowRight");
    page.locator("#drift-body tr").first().waitFor();
    assertThat(page.locator("#drift-body").textContent()).contains("Changed", "New", "Gone");
    assertThat(page.locator("#drift-body b").count()).isZero();
    assertThat(page.locator("#drift-package").getAttribute("href")).contains("to=uat");

    page.keyboard().press("ArrowRight");
    page.locator("#overlap-summary", new Page.LocatorOptions().setHasText("open branches"))
        .waitFor();
  }

  @ParameterizedTest
  @CsvSource({"400, DARK", "1280, LIGHT"})
  void fitsEveryScreen(int width, ColorScheme scheme) {
    page.context().close();
    page = browser.page(server.address().toString(), width, 800, scheme);
    logIn();
    Map<String, String> firsts =
        Map.of(
            "matrix", "#matrix-body tr",
            "timeline", "#timeline-picture circle",
            "drift", "#drift-body tr",
            "overlap", "#overlap-summary:not(:empty)");
    for (Map.Entry<String, String> each : firsts.entrySet()) {
      String tab = each.getKey();
      page.locator("#tab-" + tab).click();
      page.locator(each.getValue()).first().waitFor();
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
      picture(tab + "-" + width);
    }
    page.locator("#tab-matrix").click();
    page.locator("#matrix-body button", new Page.LocatorOptions().setHasText("Changed")).click();
    page.locator("#detail-diff .sides tr[data-kind=changed]").waitFor();
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    picture("detail-" + width);
  }

  private void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "production-" + name + ".png")));
  }
}
