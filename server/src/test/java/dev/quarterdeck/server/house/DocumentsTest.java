package dev.quarterdeck.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Documents name only what exists.
class DocumentsTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]+[a-z][A-Za-z0-9]*");

  private static final Set<String> TYPES =
      Repository.files(".java").stream()
          .map(path -> path.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());

  @Test
  void architectureNamesOnlyWhatExists() {
    Path file = Repository.root().resolve("ARCHITECTURE.md");
    String text = Repository.read(file);
    assertThat(text.lines().count()).isLessThanOrEqualTo(150);
    assertThat(unknownNames(text)).isEmpty();
  }

  @Test
  void contributingNamesOnlyWhatExists() {
    assertThat(unknownNames(Repository.read(Repository.root().resolve("CONTRIBUTING.md"))))
        .isEmpty();
  }

  @Test
  void readmesNameOnlyWhatExists() {
    Set<String> unknown = new TreeSet<>();
    for (Path readme : Repository.files("README.md")) {
      for (String name : unknownNames(Repository.read(readme), readme.getParent())) {
        unknown.add(Repository.root().relativize(readme) + ": " + name);
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void linksOfAllDocumentsLeadSomewhere() {
    Set<String> dead = new TreeSet<>();
    for (Path document : Repository.files(".md")) {
      Matcher links = LINK.matcher(Repository.read(document).replaceAll("`[^`\n]*`|\\\\.", ""));
      while (links.find()) {
        Path parent = document.getParent();
        if (parent == null || !Files.exists(parent.resolve(links.group(1)))) {
          dead.add(Repository.root().relativize(document) + ": " + links.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void findsANameThatDoesNotExist() {
    assertThat(unknownNames("`NoSuchThing`, `no-such-directory/`, `DocumentsTest`"))
        .containsExactly("NoSuchThing", "no-such-directory/");
  }

  private static Set<String> unknownNames(String text) {
    return unknownNames(text, Repository.root());
  }

  /// Names in code marks that look like a type or a path, and are neither one of this repository
  /// nor a type of the JDK.
  private static Set<String> unknownNames(String text, @Nullable Path directory) {
    Set<String> unknown = new TreeSet<>();
    Matcher names = CODE.matcher(text);
    while (names.find()) {
      String name = names.group(1);
      if (TYPE.matcher(name).matches() && !TYPES.contains(name) && !onClassPath(name)) {
        unknown.add(name);
      } else if (name.matches("[a-z][\\w.-]*/[\\w./-]*")
          && !Files.exists(Repository.root().resolve(name))
          && (directory == null || !Files.exists(directory.resolve(name)))) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  /// A type of the JDK's packages that documents speak of, or one that the build generates.
  private static boolean onClassPath(String name) {
    for (String start :
        List.of(
            "java.lang.",
            "java.util.",
            "java.util.regex.",
            "java.time.",
            "java.nio.file.",
            "java.net.",
            "dev.quarterdeck.server.settings.")) {
      if (DocumentsTest.class
              .getClassLoader()
              .getResource((start + name).replace('.', '/') + ".class")
          != null) {
        return true;
      }
    }
    return false;
  }
}
