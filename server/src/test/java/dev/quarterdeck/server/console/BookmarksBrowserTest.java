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
