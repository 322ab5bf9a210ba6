package dev.quarterdeck.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user does with the page of bookmarks, in Chromium, against the whole server.
@Tag("slow")
final class BookmarksBrowserTest {
  @TempDir private Path directory = Path.of("");
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
    page = browser.page(server.address().toString(), 1280, 800, ColorScheme.LIGHT);
    page.navigate("/bookmarks");
    page.locator("#username").fill("user");
    page.locator("#password").fill("user123");
    page.locator("#sign-in-submit").click();
    page.locator("#count", new Page.LocatorOptions().setHasText("ound")).waitFor();
  }

  @AfterEach
  void didNothingWrong() {
    page.context().close();
    assertThat(browser.faults()).isEmpty();
  }

  private void found(String text) {
    page.locator("#list li", new Page.LocatorOptions().setHasText(text)).first().waitFor();
  }

  private void add(String url, String title, String tags) {
    page.locator("#add").click();
    page.locator("#edit-form [name=url]").fill(url);
    page.locator("#edit-form [name=title]").fill(title);
    page.locator("#edit-form [name=tags]").fill(tags);
    page.locator("#edit-form [type=submit]").click();
    closed();
    found(title);
  }

  private void closed() {
    page.locator("#edit")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  @Test
  void savesWhatWasTypedWhileThePageWasRead() {
    add("https://read.invalid/", "Read meanwhile", "page");
    page.locator("#list a").first().focus();
    page.keyboard().press("e");
    page.locator("#edit-form [name=notes]").fill("noted");
    page.evaluate(
        """
        async () => {
          const { api } = await import("/assets/console/api.js");
          const { bookmarks: [one] } = await api("GET", "/api/v1/bookmarks/search?q=meanwhile");
          const version = async () => (await api("GET", `/api/v1/bookmarks/${one.id}`)).version;
          const before = await version();
          await api("POST", `/api/v1/bookmarks/${one.id}/refresh`);
          while (await version() === before) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
        """);
    page.locator("#edit-form [type=submit]").click();
    closed();
    page.locator("#q").fill("noted");
    found("Read meanwhile");
    assertThat(browser.forgive("412 (Precondition Failed)")).isTrue();
  }

  @Test
  void addsFindsAndEditsByKeyboard() {
    add("https://one.example/", "Harbour <b>pilots</b>", "sea, work/maps");
    add("https://two.example/", "Mountain huts", "land");
    assertThat(page.locator("#list b").count()).isZero();

    page.locator("h2").first().click();
    page.keyboard().press("/");
    page.keyboard().type("pilot");
    page.locator("#list mark", new Page.LocatorOptions().setHasText("pilot")).waitFor();
    page.locator("#count", new Page.LocatorOptions().setHasText("1 found")).waitFor();

    page.locator("#list a").first().focus();
    page.keyboard().press("e");
    page.locator("#edit-form [name=title]").fill("Harbour masters");
    page.keyboard().press("Enter");
    closed();
    page.locator("#q").fill("masters #sea");
    found("Harbour masters");
  }

  @Test
  void changesManyAtOnceAndShowsTags() {
    add("https://a.example/", "Alpha letter", "greek");
    add("https://b.example/", "Beta letter", "greek");
    page.locator("#q").fill("letter");
    page.locator("#count", new Page.LocatorOptions().setHasText("2 found")).waitFor();
    for (int i = 0; i < 2; i++) {
      page.locator("#list input[type=checkbox]").nth(i).check();
    }
    page.locator("#bulk-action").selectOption("add_tags");
    page.locator("#bulk-tags").fill("alphabet");
    page.locator("#bulk-run").click();
    page.locator("#tags button", new Page.LocatorOptions().setHasText("alphabet")).click();

    page.locator("#count", new Page.LocatorOptions().setHasText("2 found")).waitFor();
    assertThat(page.locator("#q").inputValue()).isEqualTo("#alphabet");
  }

  /// The page as it is shown, wide and on a phone, light and dark, for people to look at: with
  /// bookmarks, without any, and with its dialogs open. Nothing is wider than the screen.
  @Test
  void fitsEveryScreen() throws IOException {
    Path shots = Files.createDirectories(Path.of("target", "screenshots"));
    add(
        "https://documentation.example/a/very/long/path/that-has-no-place-to-break/index.html",
        "A title that says at some length what this page is about, as such titles do",
        "reading/later, databases, performance, search, a-rather-long-tag-without-a-break");
    add("https://short.example/", "Short", "search");
    for (int width : new int[] {1280, 400}) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        String name = "bookmarks-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, 800);
        page.locator("#q").fill("nothing-of-this-kind");
        page.locator("#count", new Page.LocatorOptions().setHasText("othing")).waitFor();
        shows(shots, name + "-none");
        page.locator("#q").fill("");
        page.keyboard().press("Enter");
        found("Short");
        shows(shots, name);
        page.locator("#list input[type=checkbox]").first().check();
        shows(shots, name + "-chosen");
        assertThat(page.locator("#bulk").isVisible()).isTrue();
        page.locator("#list input[type=checkbox]").first().uncheck();
        page.locator("#add").click();
        shows(shots, name + "-edit");
        page.keyboard().press("Escape");
        page.locator("#transfer").click();
        shows(shots, name + "-transfer");
        page.keyboard().press("Escape");
      }
    }
  }

  private void shows(Path shots, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(shots.resolve(name + ".png")).setFullPage(true));
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("%s: pixels beyond the screen", name)
        .isEqualTo(0);
  }

  @Test
  void looksAtAFileBeforeItImportsItAndReports() throws IOException {
    Path file = directory.resolve("bookmarks.html");
    Files.writeString(
        file,
        """
        <!DOCTYPE NETSCAPE-Bookmark-file-1>
        <DL><p><DT><H3>Boats</H3><DL><p>
        <DT><A HREF="https://sloop.example/" ADD_DATE="1700000000">Sloop rig</A>
        </DL><p></DL><p>
        """);
    page.locator("#transfer").click();
    page.locator("#import-file").setInputFiles(file);
    page.locator("#import-look").click();
    page.locator("#import-state", new Page.LocatorOptions().setHasText("completed")).waitFor();
    page.locator("#import-report dd").first().waitFor();
    page.locator("#import-run").click();
    page.locator("#transfer-close").click();
    page.locator("#q").fill("sloop #boats");
    found("Sloop rig");
  }
}
