package dev.quarterdeck.executions.console;

import dev.quarterdeck.http.console.Page;
import java.util.List;
import java.util.Map;

/// The console's first page: editor, run, live output, result, recent executions.
public final class ExecutionsPage {
  private static final List<String> FILES =
      List.of(
          "executions.css",
          "executions.js",
          "choices.js",
          "editor.js",
          "history.js",
          "output.js",
          "stream.js",
          "verdict.js");

  /// Where the editor's package keeps its files; the version is that of the root pom.
  private static final String ACE = "META-INF/resources/webjars/ace-builds/1.41.0/";

  /// The editor's modes that exist for languages a host may offer; a test compares `editor.js`.
  static final List<String> MODES =
      List.of(
          "c_cpp",
          "golang",
          "java",
          "javascript",
          "lua",
          "perl",
          "php",
          "python",
          "r",
          "ruby",
          "rust",
          "sh",
          "tcl");

  /// Images that the editor's style sheet names.
  private static final List<String> IMAGES =
      List.of(
          "main-1.png",
          "main-2.png",
          "main-3.png",
          "main-4.png",
          "main-5.svg",
          "main-6.svg",
          "main-7.svg",
          "main-8.svg",
          "main-9.svg",
          "main-10.svg",
          "main-11.svg",
          "main-12.svg",
          "main-13.png",
          "main-14.png",
          "main-15.png",
          "main-16.png",
          "main-17.png",
          "main-18.png",
          "main-19.png",
          "main-20.png",
          "main-21.png",
          "main-22.png",
          "main-23.png",
          "main-24.png",
          "main-25.svg",
          "main-26.png");

  private ExecutionsPage() {}

  /// The page, at `/`.
  public static Page page() {
    return new Page(
        "/",
        "Executions",
        "Run code",
        List.of("/assets/ace/ace.css", "/assets/executions/executions.css"),
        List.of("/assets/ace/ace.js"),
        List.of("/assets/executions/executions.js"),
        assets(),
        Page.template(ExecutionsPage.class, "executions"));
  }

  private static Map<String, String> assets() {
    Map<String, String> files = Page.assets(ExecutionsPage.class, "executions", FILES);
    files.put("/assets/ace/ace.css", ACE + "css/ace.css");
    for (String name : IMAGES) {
      files.put("/assets/ace/" + name, ACE + "css/" + name);
    }
    for (String name : List.of("ace.js", "ext-searchbox.js")) {
      files.put("/assets/ace/" + name, ACE + "src-min-noconflict/" + name);
    }
    for (String mode : MODES) {
      files.put(
          "/assets/ace/mode-" + mode + ".js", ACE + "src-min-noconflict/mode-" + mode + ".js");
    }
    return files;
  }
}
