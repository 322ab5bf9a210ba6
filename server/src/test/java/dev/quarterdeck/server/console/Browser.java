package dev.quarterdeck.server.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A headless Chromium of the system, driven by the Node.js of the system. It calls nobody by
/// itself, and notes whatever a page does wrong.
final class Browser implements AutoCloseable {
  private static final double PATIENCE_MS = 60_000;
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-domain-reliability",
          "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
          "--disable-sync",
          "--metrics-recording-only",
          "--no-first-run",
          "--no-pings",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  /// Starts it.
  ///
  /// @throws AssertionError Chromium or Node.js is missing; says the command that installs it
  static Browser start() {
    Path chromium = onPath("chromium");
    Map<String, String> environment =
        Map.of(
            "PLAYWRIGHT_NODEJS_PATH",
            onPath("node").toString(),
            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
            "1");
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS)));
  }

  /// A new profile with one page.
  ///
  /// @param origin the only one that the page may call
  Page page(String origin, int width, int height, ColorScheme scheme) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(origin)
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setColorScheme(scheme));
    context.setDefaultTimeout(PATIENCE_MS);
    context.addInitScript(
        "addEventListener('securitypolicyviolation', e => console.error("
            + "'CSP ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))");
    Page page = context.newPage();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
            faults.add("request to another host: " + request.url());
          }
        });
    page.onPageError(error -> faults.add("exception: " + error));
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning", "assert").contains(message.type())) {
            faults.add(message.type() + ": " + message.text() + " " + message.location());
          }
        });
    return page;
  }

  /// What pages did wrong: requests to other hosts, errors in the console, violations of the
  /// policy.
  List<String> faults() {
    return List.copyOf(faults);
  }

  /// Forgets faults that a test provoked.
  ///
  /// @return whether there was one that contains the text
  boolean forgive(String text) {
    return faults.removeIf(fault -> fault.contains(text));
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }

  private static Path onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    program
                        + ": not on the PATH, the browser tests need it (do: apt-get install -y"
                        + " chromium nodejs)"));
  }
}
