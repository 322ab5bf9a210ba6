package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.git.GitSource;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionTest {
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

  @Test
  void showsTheWholeMatrix() {
    Matrix matrix = production.matrix(MatrixQuery.all());
    assertThat(matrix.environments()).containsExactly("dev1", "uat");
    assertThat(cells(matrix))
        .containsExactly(
            Map.entry("ApexClass.A", "SAME SAME"),
            Map.entry("ApexClass.B", "DIFFERENT DIFFERENT"),
            Map.entry("ApexClass.New", "SAME MISSING"),
            Map.entry("ApexClass.Only", "MISSING ONLY_HERE"),
            Map.entry("CustomObject.Account", "SAME SAME"),
            Map.entry("Layout.Account-Account %28Sales%29 Layout", "SAME SAME"),
            Map.entry("LightningComponentBundle.card", "DIFFERENT DIFFERENT"));
    assertThat(matrix.total()).isEqualTo(7);
    assertThat(matrix.cursor()).isEmpty();
    assertThat(matrix.unknown())
        .extracting(Matrix.UnknownFiles::example)
        .containsExactlyInAnyOrder("README.md", "scripts/run.sh");
    assertThat(matrix.snapshot().unknownFiles()).isEqualTo(2);
    assertThat(matrix.snapshot().pendingAuthors()).isZero();
    assertThat(matrix.snapshot().stale()).isFalse();
    assertThat(matrix.facets().types()).containsEntry("ApexClass", 4);
    assertThat(matrix.facets().states().get("uat"))
        .containsEntry(CellState.MISSING, 1)
        .containsEntry(CellState.ONLY_HERE, 1)
        .containsEntry(CellState.SAME, 3)
        .containsEntry(CellState.DIFFERENT, 2);
    Matrix.Row card = matrix.rows().getLast();
    assertThat(card.path()).isEqualTo("lwc/card/card.js");
    assertThat(card.files()).isEqualTo(3);
    assertThat(card.last().orElseThrow().author()).isEqualTo("Zoë Ångström");
    assertThat(card.cells().get(1).changedFiles()).isEqualTo(2);
    assertThat(card.cells().get(1).last().orElseThrow().author()).isEqualTo("Uwe User");
    assertThat(matrix.rows().get(3).last().orElseThrow().author()).isEqualTo("Uwe User");
    assertThat(matrix.rows().getFirst().stories()).containsExactly("US-0000211");
  }

  @Test
  void pagesByCursorAndByOffset() {
    Matrix first = production.matrix(MatrixQuery.all().page(3));
    assertThat(first.rows()).hasSize(3);
    assertThat(first.total()).isEqualTo(7);
    Matrix second = production.matrix(after(first.cursor(), 3, 0));
    assertThat(second.rows())
        .extracting(row -> row.component().toString())
        .containsExactly(
            "ApexClass.Only", "CustomObject.Account", "Layout.Account-Account %28Sales%29 Layout");
    Matrix third = production.matrix(after(second.cursor(), 3, 0));
    assertThat(third.rows()).hasSize(1);
    assertThat(third.cursor()).isEmpty();
    assertThat(production.matrix(after(Optional.empty(), 3, 6)).rows()).isEqualTo(third.rows());
    assertThatThrownBy(() -> production.matrix(after(Optional.of("%%"), 3, 0)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("cursor: %%");
  }

  private static MatrixQuery after(Optional<String> cursor, int limit, int offset) {
    return new MatrixQuery(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        limit,
        offset,
        cursor);
  }

  @Test
  void filtersTheMatrix() {
    assertThat(names(query(Set.of("ApexClass"), "*", "", "", Set.of(), Set.of())))
        .containsExactly("A", "B", "New", "Only");
    assertThat(names(query(Set.of(), "?", "", "", Set.of(), Set.of()))).containsExactly("A", "B");
    assertThat(names(query(Set.of(), "acc*LAY*", "", "", Set.of(), Set.of())))
        .containsExactly("Account-Account %28Sales%29 Layout");
    assertThat(names(query(Set.of(), "*", "ÅNGSTRÖM", "", Set.of(), Set.of())))
        .containsExactly("B", "card");
    assertThat(names(query(Set.of(), "*", "", "us0000211", Set.of(), Set.of())))
        .containsExactly("A", "New");
    assertThat(names(query(Set.of(), "*", "", "", Set.of(CellState.MISSING), Set.of())))
        .containsExactly("New", "Only");
    assertThat(names(query(Set.of(), "*", "", "", Set.of(CellState.MISSING), Set.of("dev1"))))
        .containsExactly("Only");
    assertThatThrownBy(() -> query(Set.of(), "*", "", "", Set.of(), Set.of("prod")))
        .hasMessageContaining("environment: prod (expected one of: dev1, uat)");
  }

  private Matrix query(
      Set<String> types,
      String name,
      String author,
      String story,
      Set<CellState> statuses,
      Set<String> environments) {
    return production.matrix(
        new MatrixQuery(
            Optional.empty(),
            types,
            Optional.of(name),
            Optional.of(author).filter(text -> !text.isEmpty()),
            Optional.of(story).filter(text -> !text.isEmpty()),
            statuses,
            environments,
            Optional.empty(),
            Optional.empty(),
            100,
            0,
            Optional.empty()));
  }

  @Test
  void tellsTheStateInTheOrderOfTheRequest() {
    StateReport report =
        production.state(
            Optional.empty(),
            List.of(
                new ComponentQuery("LightningComponentBundle", "card"),
                new ComponentQuery(null, "ApexClass.A"),
                new ComponentQuery("ApexClass", "Nowhere"),
                new ComponentQuery("ApexClass", "ApexClass.A"),
                new ComponentQuery(null, "A"),
                new ComponentQuery("Layout", "Account-Account (Sales) Layout"),
                new ComponentQuery("CustomField", "Account.Rating__c")));
    assertThat(report.rows())
        .extracting(StateReport.Row::exists)
        .containsExactly(true, true, false, true, false, true, true);
    assertThat(report.existing()).isEqualTo(5);
    assertThat(report.missing()).isEqualTo(2);
    StateReport.Row a = report.rows().get(1);
    assertThat(a.path()).contains("classes/A.cls");
    assertThat(a.files()).hasSize(2);
    assertThat(a.size()).hasValue("public class A { int a; }\n".length());
    assertThat(a.last().orElseThrow().author()).isEqualTo("Ben Builder");
    assertThat(a).isEqualTo(report.rows().get(3));
    assertThat(report.rows().get(4).error().orElseThrow()).startsWith("component_type: missing");
    assertThat(report.rows().get(6).keptIn()).contains("CustomObject.Account");
  }

  @Test
  void tellsTheStateOfAnyBranch() {
    StateReport report =
        production.state(
            Optional.of("uat"),
            List.of(new ComponentQuery("ApexClass", "Only"), new ComponentQuery("ApexClass", "A")));
    assertThat(report.rows()).allMatch(StateReport.Row::exists);
    assertThat(report.rows().get(0).last().orElseThrow().author()).isEqualTo("Uwe User");
    assertThat(report.rows().get(1).last().orElseThrow().author()).isEqualTo("Ben Builder");
    assertThat(
            production
                .state(
                    Optional.of("feature/US-0000500"),
                    List.of(new ComponentQuery("ApexClass", "A")))
                .rows()
                .getFirst()
                .last()
                .orElseThrow()
                .message())
        .isEqualTo("US-0000500: A and B");
    assertThatThrownBy(() -> production.state(Optional.of("nowhere"), List.of()))
        .hasMessageEndingWith(
            "branch: nowhere is not in git %s (expected one of: master, dev1, uat, or another"
                    .formatted(git.directory())
                + " branch)");
  }

  @Test
  void seesProductionAsItWas() {
    Matrix then = production.matrix(at("2024-03-01T08:02:30Z"));
    assertThat(then.rows())
        .filteredOn(Matrix.Row::inProduction)
        .extracting(row -> row.component().name())
        .containsExactly("A", "B", "Account", "Account-Account %28Sales%29 Layout", "card");
    assertThatThrownBy(() -> production.matrix(at("2020-01-01")))
        .hasMessageEndingWith("at: 2020-01-01 is before the first commit of master");
    assertThatThrownBy(() -> production.matrix(at("no such thing")))
        .hasMessageContaining("at: no such thing is no commit, tag or branch");
    Matrix commit = production.matrix(at(git.head("dev1")));
    assertThat(cells(commit)).containsEntry("ApexClass.B", "SAME SAME");
  }

  private static MatrixQuery at(String at) {
    MatrixQuery all = MatrixQuery.all();
    return new MatrixQuery(
        Optional.of(at),
        all.types(),
        all.name(),
        all.author(),
        all.story(),
        all.statuses(),
        all.environments(),
        all.since(),
        all.until(),
        all.limit(),
        all.offset(),
        all.cursor());
  }

  static Map<String, String> cells(Matrix matrix) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (Matrix.Row row : matrix.rows()) {
      cells.put(
          row.component().toString(),
          String.join(" ", row.cells().stream().map(cell -> cell.state().name()).toList()));
    }
    return cells;
  }

  private static List<String> names(Matrix matrix) {
    return matrix.rows().stream().map(row -> row.component().name()).toList();
  }
}
