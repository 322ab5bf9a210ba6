package dev.quarterdeck.http.console;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /// The page of a slice, at `/NAME`, with the style sheet `NAME.css` and the script `NAME.js`.
  ///
  /// @param place a class of the package that holds its files, and its templates in `jte`
  /// @param name of the slice and of its template
  /// @param files names of all that it needs
  public static Page of(
      Class<?> place, String name, String label, String title, List<String> files) {
    String assets = "/assets/" + name + "/";
    return new Page(
        "/" + name,
        label,
        title,
        List.of(assets + name + ".css"),
        List.of(),
        List.of(assets + name + ".js"),
        assets(place, name, files),
        template(place, name));
  }

  /// Files of a slice by the paths they are served at.
  public static Map<String, String> assets(Class<?> place, String name, List<String> files) {
    String resources = place.getPackageName().replace('.', '/') + "/";
    Map<String, String> assets = new TreeMap<>();
    for (String file : files) {
      assets.put("/assets/" + name + "/" + file, resources + file);
    }
    return assets;
  }

  /// The template of a slice.
  public static Content template(Class<?> place, String name) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, place.getClassLoader(), place.getPackageName() + ".jte");
    return output -> templates.render(name + ".jte", Map.of(), output);
  }
}
