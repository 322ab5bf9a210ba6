package dev.quarterdeck.http.console;

import gg.jte.Content;
import java.util.List;
import java.util.Map;

/// A page of the console, which a slice contributes. Immutable; rendered on many threads at once.
///
/// @param path where it is, `/` for the first page
/// @param label its name in the navigation
/// @param title what it is for, in the browser's tab
/// @param styles paths of its style sheets
/// @param scripts paths of its classic scripts, run in order before the modules
/// @param modules paths of its script modules
/// @param assets every file that it needs: path to class path resource
/// @param content the markup inside the shell; the same for every user, data comes from the API
public record Page(
    String path,
    String label,
    String title,
    List<String> styles,
    List<String> scripts,
    List<String> modules,
    Map<String, String> assets,
    Content content) {
  public Page {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(path + ": the path of a page starts with /");
    }
    styles = List.copyOf(styles);
    scripts = List.copyOf(scripts);
    modules = List.copyOf(modules);
    assets = Map.copyOf(assets);
  }
}
