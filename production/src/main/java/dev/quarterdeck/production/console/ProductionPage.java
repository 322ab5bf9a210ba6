package dev.quarterdeck.production.console;

import dev.quarterdeck.http.console.Page;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The console's page of production state: components and environments with their filters, history
/// and lines of a component, deployments over time, drift, overlap.
public final class ProductionPage {
  private static final String RESOURCES = "dev/quarterdeck/production/console/";
  private static final String TEMPLATES = "dev.quarterdeck.production.console.jte";
  private static final String ASSETS = "/assets/production/";

  private ProductionPage() {}

  /// The page, at `/production`.
  public static Page page() {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, ProductionPage.class.getClassLoader(), TEMPLATES);
    Map<String, String> assets = new TreeMap<>();
    for (String name :
        List.of(
            "production.css",
            "production.js",
            "detail.js",
            "matrix.js",
            "parts.js",
            "reports.js",
            "timeline.js")) {
      assets.put(ASSETS + name, RESOURCES + name);
    }
    return new Page(
        "/production",
        "Production",
        "Production state",
        List.of(ASSETS + "production.css"),
        List.of(),
        List.of(ASSETS + "production.js"),
        assets,
        output -> templates.render("production.jte", Map.of(), output));
  }
}
