package dev.quarterdeck.server.production;

import dev.quarterdeck.production.fixtures.GitFixture;
import java.nio.file.Path;

/// A small org whose answers are worked out by hand.
public final class Org {
  private Org() {}

  /// Production is `master`; `uat` differs from it; two open features touch the same class.
  public static GitFixture small(Path directory) {
    GitFixture git = GitFixture.create(directory);
    git.on("master")
        .by("Ann Author", "ann@example.org")
        .put("classes/A.cls", "public class A {}\n")
        .put("classes/B.cls", "public class B {}\n")
        .put("triggers/T.trigger", "trigger T on Account (before insert) {}\n")
        .put("README.md", "org\n")
        .commit("Copado Snapshot 2024-03-01");
    git.branch("uat", "master");
    git.branch("feature/US-0000400", "master");
    git.branch("feature/US-0000500", "master");
    git.on("uat")
        .by("Uwe User", "uwe@example.org")
        .put("classes/A.cls", "public class A { int a; }\n")
        .put("classes/New.cls", "public class New {}\n")
        .remove("triggers/T.trigger")
        .commit("US-0000300: more of A");
    git.on("feature/US-0000400").put("classes/B.cls", "class B4 {}\n").commit("US-0000400: B");
    git.on("feature/US-0000500").put("classes/B.cls", "class B5 {}\n").commit("US-0000500: B");
    git.tag("v1.0", "master");
    return git;
  }
}
