package dev.quarterdeck.production;

import dev.quarterdeck.production.fixtures.GitFixture;
import java.nio.file.Path;

/// A small org whose answers are worked out by hand.
final class Orgs {
  private Orgs() {}

  /// Production is `master`; `dev1` and `uat` differ from it, each in its own way.
  static GitFixture small(Path directory) {
    GitFixture git = GitFixture.create(directory);
    git.on("master")
        .put("classes/A.cls", "public class A {}\n")
        .put("classes/A.cls-meta.xml", "<ApexClass/>\n")
        .put("classes/B.cls", "public class B {}\n")
        .put("classes/B.cls-meta.xml", "<ApexClass/>\n")
        .put("lwc/card/card.js", "export default 1;\n")
        .put("lwc/card/card.html", "<template/>\n")
        .put("lwc/card/card.css", "p {}\n")
        .put("objects/Account.object", "<CustomObject/>\n")
        .put("layouts/Account-Account %28Sales%29 Layout.layout", "<Layout/>\n")
        .put("README.md", "org\n")
        .put("scripts/run.sh", "true\n")
        .commit("Copado Snapshot 2024-03-01");
    git.branch("uat", "master");
    git.branch("feature/US-0000211", "master");
    git.on("feature/US-0000211")
        .by("Ben Builder", "ben@example.org")
        .put("classes/A.cls", "public class A { int a; }\n")
        .put("classes/New.cls", "public class New {}\n")
        .commit("US-0000211: more of A");
    git.on("uat")
        .merge("feature/US-0000211")
        .commit("Merge branch feature/US-0000211 into uat. Merged and deployed by Copado");
    git.branch("promotion/P00001-CDDeployUS0000211Production", "feature/US-0000211");
    git.on("master")
        .merge("promotion/P00001-CDDeployUS0000211Production")
        .commit(
            "Merge branch promotion/P00001-CDDeployUS0000211Production into master. Merged and"
                + " deployed by Copado");
    git.branch("dev1", "master");
    git.on("master")
        .by("Zoë Ångström", "zoe@example.org")
        .put("classes/B.cls", "public class B { int fix; }\n")
        .put("lwc/card/card.css", "p { color: red }\n")
        .commit("Fix B and the card");
    git.on("uat")
        .by("Uwe User", "uwe@example.org")
        .remove("classes/New.cls")
        .put("classes/Only.cls", "public class Only {}\n")
        .put("lwc/card/card.js", "export default 2;\n")
        .commit("US-0000300: only on uat");
    git.branch("feature/US-0000400", "master");
    git.on("feature/US-0000400").put("classes/B.cls", "class B4 {}\n").commit("US-0000400: B");
    git.branch("feature/US-0000500", "master");
    git.on("feature/US-0000500")
        .put("classes/B.cls", "class B5 {}\n")
        .put("classes/A.cls", "class A5 {}\n")
        .commit("US-0000500: A and B");
    return git;
  }
}
