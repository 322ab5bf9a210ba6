package dev.quarterdeck.production.console;

import dev.quarterdeck.http.console.Page;
import java.util.List;

/// The console's page of production state: components and environments with their filters, history
/// and lines of a component, deployments over time, drift, overlap.
public final class ProductionPage {
  private static final List<String> FILES =
      List.of(
          "production.css",
          "production.js",
          "detail.js",
          "matrix.js",
          "parts.js",
          "reports.js",
          "timeline.js");

  private ProductionPage() {}

  /// The page, at `/production`.
  public static Page page() {
    return Page.of(ProductionPage.class, "production", "Production", "Production state", FILES);
  }
}
