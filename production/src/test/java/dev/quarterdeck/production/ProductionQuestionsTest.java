package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.OrgComparison.Org;
import dev.quarterdeck.production.OrgComparison.Status;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.git.GitSource;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionQuestionsTest {
  private static final Org UAT = new Org("uat", "uat");
  private static final Org LIVE = new Org("prod", "master");

  @TempDir Path directory;

  private GitFixture git;
  private Production production;

  @BeforeEach
  void open() {
    git = Orgs.small(directory.resolve("org.git"));
    production =
        Production.of(
            GitSource.open(git.directory()),
            ComponentRegistry.builtIn(),
            ProductionOptions.defaults(directory.resolve("cache")),
            TestClock.atNoon());
  }

  @AfterEach
  void close() {
    production.close();
    git.close();
  }

  private static ComponentQuery apex(String name) {
    return new ComponentQuery("ApexClass", name);
  }

  @Test
  void comparesTwoBranches() {
    OrgComparison comparison =
        production.compare(
            new OrgComparison.Query(
                UAT,
                LIVE,
                List.of(apex("B"), apex("A"), apex("Only"), apex("New"), apex("No"), apex("A")),
                true,
                false,
                0));
    assertThat(comparison.changes())
        .extracting(OrgComparison.Change::status)
        .containsExactly(
            Status.DIFF, Status.SAME, Status.NEW_IN_A, Status.NEW_IN_B, Status.NOT_FOUND);
    assertThat(comparison.summary()).isEqualTo(new OrgComparison.Summary(5, 3, 1, 1, 0));
    OrgComparison.Change b = comparison.changes().getFirst();
    assertThat(b.commitA().orElseThrow().message()).isEqualTo("Copado Snapshot 2024-03-01");
    assertThat(b.commitB().orElseThrow().message()).isEqualTo("Fix B and the card");
    assertThat(b.diff().orElseThrow())
        .isEqualTo(
            """
            --- a/classes/B.cls
            +++ b/classes/B.cls
            @@ -1 +1 @@
            -public class B { int fix; }
            +public class B {}
            """);
    assertThat(comparison.changes().get(3).diff().orElseThrow()).contains("+++ /dev/null");
  }

  @Test
  void showsOnlyChangesUpToTheLimit() {
    OrgComparison comparison =
        production.compare(
            new OrgComparison.Query(
                UAT,
                LIVE,
                List.of(apex("A"), apex("B"), apex("Only"), new ComponentQuery(null, "?")),
                false,
                true,
                1));
    assertThat(comparison.changes()).extracting(OrgComparison.Change::name).containsExactly("B");
    assertThat(comparison.cut()).isEqualTo(2);
    assertThat(comparison.summary().failed()).isEqualTo(1);
  }

  @Test
  void tellsTheHistoryOnBothSides() {
    HistoryReport report =
        production.history(
            UAT,
            LIVE,
            List.of(apex("A"), new ComponentQuery("LightningComponentBundle", "card"), apex("New")),
            1);
    HistoryReport.Row a = report.rows().getFirst();
    assertThat(a.orgA().commits())
        .extracting(LastCommit::message)
        .containsExactly("US-0000211: more of A");
    assertThat(a.orgA().complete()).isFalse();
    assertThat(report.rows().get(1).orgB().commits())
        .extracting(LastCommit::message)
        .containsExactly("Fix B and the card");
    assertThat(report.rows().get(2).orgA().exists()).isFalse();
    assertThat(report.rows().get(2).orgA().commits())
        .extracting(LastCommit::message)
        .containsExactly("US-0000300: only on uat");
    assertThatThrownBy(() -> production.history(UAT, LIVE, List.of(), 0))
        .hasMessageContaining("limit: 0 (expected: 1 to 1000)");
  }

  @Test
  void showsAllFilesOfABundleLineByLine() {
    ComponentDiff diff =
        production.diff(new ComponentQuery("LightningComponentBundle", "card"), "master", "uat");
    assertThat(diff.files())
        .extracting(file -> file.path() + " " + file.status())
        .containsExactly(
            "lwc/card/card.css MODIFIED", "lwc/card/card.html SAME", "lwc/card/card.js MODIFIED");
    assertThat(diff.files().getLast().lines())
        .containsExactly(
            new ComponentDiff.Line(
                ComponentDiff.Line.Kind.CHANGED, 1, 1, "export default 1;", "export default 2;"));
    assertThat(diff.files().getLast().linesAdded()).isEqualTo(1);
    assertThat(diff.unified())
        .contains("+++ b/lwc/card/card.css")
        .contains("+++ b/lwc/card/card.js");
    assertThat(production.diff(apex("None"), "master", "uat").found()).isFalse();
    assertThatThrownBy(() -> production.diff(new ComponentQuery("", "A"), "master", "uat"))
        .hasMessageContaining("component_type: missing");
  }

  @Test
  void tellsWhatADeploymentWouldDo() {
    DeploymentComparison comparison =
        production.compareDeployment(
            List.of(apex("Only"), apex("New"), apex("A"), apex("B"), apex("No")),
            Optional.empty(),
            "uat");
    assertThat(comparison.rows())
        .extracting(row -> row.status().name())
        .containsExactly("NEW", "REMOVED", "IDENTICAL", "MODIFIED", "NOT_FOUND");
    assertThat(comparison.count(DeploymentComparison.Status.NEW)).isEqualTo(1);
    assertThat(comparison.rows().getFirst().path()).contains("classes/Only.cls");
  }

  @Test
  void relatesCommits() {
    String old = git.head("feature/US-0000211");
    String now = git.head("master");
    CommitRelation relation = production.relation(old.substring(0, 10), now);
    assertThat(relation.relationship()).isEqualTo("INCLUDES");
    assertThat(relation.older()).isEqualTo(old);
    assertThat(relation.recommendedOrder()).containsExactly(old, now);
    CommitRelation turned = production.relation(now, old);
    assertThat(turned.reversed()).isTrue();
    assertThat(turned.relationship()).isEqualTo("SEPARATE");
    assertThat(turned.recommendedOrder()).containsExactly(old, now);
    assertThat(production.relation(git.head("uat"), now).message()).contains("separate");
    assertThatThrownBy(() -> production.relation("master", now))
        .hasMessageContaining("commit1: master (expected: 7 to 40 hexadecimal digits)");
    assertThatThrownBy(() -> production.relation("1234567", now))
        .hasMessageContaining("commit1: no commit 1234567 in git");
  }

  @Test
  void verifiesCommits() {
    String uat = git.head("uat");
    assertThat(production.check(uat, "uat").inBranch()).isTrue();
    assertThat(production.check(uat, "master").inBranch()).isFalse();
    assertThat(production.check(uat, "nowhere").inBranch()).isFalse();
    assertThat(production.check("0".repeat(40), "master").commit()).isEmpty();
  }

  @Test
  void countsTheLinesOfACommit() {
    CommitChanges changes = production.changes(git.head("uat"));
    assertThat(changes.files())
        .extracting(CommitChanges.File::path)
        .containsExactly("classes/New.cls", "classes/Only.cls", "lwc/card/card.js");
    assertThat(changes.additions()).isEqualTo(2);
    assertThat(changes.deletions()).isEqualTo(2);
    assertThat(changes.files().getLast().component())
        .contains(new ComponentId("LightningComponentBundle", "card"));
  }

  @Test
  void readsTheLogOfDeployments() {
    Deployment.Log log =
        production.deployments(
            new Deployment.Query(List.of("master"), Optional.empty(), List.of(), true, 10));
    assertThat(log.entries())
        .extracting(entry -> entry.kind().name())
        .containsExactly("DIRECT", "PROMOTION", "SNAPSHOT");
    Deployment promotion = log.entries().get(1);
    assertThat(promotion.promotion()).contains("P00001");
    assertThat(promotion.stories()).containsExactly("US-0000211");
    assertThat(promotion.components().orElseThrow())
        .containsExactly(new ComponentId("ApexClass", "A"), new ComponentId("ApexClass", "New"));
    Deployment.Log story =
        production.deployments(
            new Deployment.Query(List.of(), Optional.of("US0000211"), List.of(), false, 10));
    assertThat(story.entries())
        .extracting(entry -> entry.environment() + " " + entry.kind())
        .containsExactly("dev1 PROMOTION", "master PROMOTION", "uat STORY");
    assertThat(
            production
                .deployments(
                    new Deployment.Query(List.of("x"), Optional.empty(), List.of(), false, 1))
                .errors())
        .containsExactly("environment: x (expected one of: master, dev1, uat)");
  }

  @Test
  void tellsDriftAndItsDirection() {
    Drift drift = production.drift("uat");
    assertThat(drift.items())
        .extracting(item -> item.component().name() + " " + item.state() + " " + item.direction())
        .containsExactly(
            "B DIFFERENT BACK_PROMOTE",
            "New MISSING PROMOTE",
            "Only ONLY_HERE PROMOTE",
            "card DIFFERENT DIVERGED");
    assertThat(drift.backPromotions()).hasSize(2);
    assertThat(drift.outOfBand())
        .extracting(entry -> entry.commit().message())
        .containsExactly("Fix B and the card", "Copado Snapshot 2024-03-01");
    assertThat(drift.mergeBases()).hasSize(1);
    assertThatThrownBy(() -> production.drift("prod"))
        .hasMessageContaining("environment: prod (expected one of: dev1, uat)");
  }

  @Test
  void findsWhatOpenBranchesShare() {
    Overlap overlap = production.overlap();
    assertThat(overlap.branches())
        .extracting(Overlap.Branch::name)
        .containsExactly("feature/US-0000500", "feature/US-0000400");
    assertThat(overlap.items())
        .extracting(item -> item.component().name() + " " + item.branches().size())
        .containsExactly("B 2");
    assertThat(overlap.items().getFirst().branches().getLast().stories())
        .containsExactly("US-0000400");
  }

  @Test
  void writesPackagesOfWhatDiffers() {
    Delta delta = production.delta(Optional.of("uat"), Optional.empty());
    assertThat(Exports.packageXml(delta, production.registry(), "62.0"))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Package xmlns="http://soap.sforce.com/2006/04/metadata">
                <types>
                    <members>B</members>
                    <members>New</members>
                    <name>ApexClass</name>
                </types>
                <types>
                    <members>card</members>
                    <name>LightningComponentBundle</name>
                </types>
                <version>62.0</version>
            </Package>
            """);
    assertThat(Exports.destructiveChanges(delta, production.registry(), "62.0"))
        .contains("<members>Only</members>")
        .doesNotContain("New");
    assertThat(production.delta(Optional.empty(), Optional.of("uat")).present()).hasSize(6);
    assertThatThrownBy(() -> production.delta(Optional.of("?"), Optional.empty()))
        .hasMessageContaining("from: ? is no commit, tag or branch of git");
  }

  @Test
  void writesTheMatrixAsCsv() {
    String csv = Exports.csv(production.matrix(MatrixQuery.all()));
    assertThat(csv.lines().toList()).hasSize(8);
    assertThat(csv)
        .startsWith(
            "type,name,in_production,path,files,last_commit,last_author,last_date,stories,dev1,uat")
        .contains("ApexClass,Only,false,classes/Only.cls,0,%s,Uwe User".formatted(git.head("uat")));
  }
}
