package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportsTest {
  @Test
  void writesNoFormulasAndQuotesWhatNeedsIt() {
    Matrix.Row row =
        new Matrix.Row(
            new ComponentId("Layout", "=SUM(A1), \"x\""),
            true,
            "layouts/a.layout",
            1,
            Optional.of(new LastCommit("abc", "@evil", "", Instant.EPOCH, "m")),
            false,
            List.of("US-0000001", "US-0000002"),
            List.of(new Matrix.Cell(CellState.SAME, 0, Optional.empty())));
    String csv = Exports.csv(matrix(List.of("uat"), List.of(row)));
    assertThat(csv.lines().toList().get(1))
        .isEqualTo(
            "Layout,\"'=SUM(A1), \"\"x\"\"\",true,layouts/a.layout,1,abc,'@evil,"
                + "1970-01-01T00:00:00Z,US-0000001 US-0000002,SAME");
  }

  private static Matrix matrix(List<String> environments, List<Matrix.Row> rows) {
    SnapshotInfo info =
        new SnapshotInfo("r", "master", "c", List.of(), Instant.EPOCH, false, "e", 0, 0, List.of());
    return new Matrix(
        info,
        environments,
        rows,
        rows.size(),
        Optional.empty(),
        new Matrix.Facets(Map.of(), Map.of(), Map.of()),
        List.of());
  }

  @Test
  void escapesMarkupAndListsFoldersUnderTheirContentsType() {
    Delta delta =
        new Delta(
            "a",
            "b",
            List.of(
                new ComponentId("Report", "Sales/Top & <Best>"),
                new ComponentId("ReportFolder", "Sales"),
                new ComponentId("Layout", "A\u0000B")),
            List.of(),
            List.of(new ComponentId("DataRaptor", "x")),
            List.of());
    assertThat(Exports.packageXml(delta, ComponentRegistry.builtIn(), "62.0"))
        .contains("<!-- 1 components that a package cannot hold are left out -->")
        .contains("<members>Sales</members>")
        .contains("<members>Sales/Top &amp; &lt;Best&gt;</members>")
        .contains("<members>A\uFFFDB</members>")
        .containsOnlyOnce("<name>Report</name>");
  }
}
