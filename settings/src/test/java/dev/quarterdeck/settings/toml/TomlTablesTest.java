package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.toml.TomlTable.Form;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlTablesTest {
  /// Line breaks are written as `|`.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a.b = 1|a.c = 2; a.b = 1|a.c = 2",
        "[a.b]|x = 1|[a]|y = 2; [a]|y = 2|[a.b]|x = 1",
        "[a]|b.c = 1|[a.b.d]|e = 2; a = {b = {c = 1, d = {e = 2}}}",
        "[[a]]|x = 1|[a.b]|y = 2|[[a]]|[[a.c]]|[[a.c]]|z = 3; a = [{x = 1, b = {y = 2}}, {c = [{},"
            + " {z = 3}]}]",
        "\"a b\".'c.d' . e = 1; [\"a b\".\"c.d\"]|e = 1",
        "3.14 = 1; [3]|14 = 1",
        "a = {b.c = 1, b.d = 2}; [a.b]|c = 1|d = 2",
        "[ a . b ]|'' = 1; a.b.\"\" = 1",
        "\"\\u0061\" = 1; a = 1"
      })
  void buildsTheSameTablesFromEveryNotation(String one, String other) {
    assertThat(
            TomlValuesTest.read(one.replace('|', '\n'))
                .sameValue(TomlValuesTest.read(other.replace('|', '\n'))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a = 1|a = 2; toml.duplicate_key; 2:1; a: given twice, first at line 1, column 1",
        "a = 1|\"a\" = 2; toml.duplicate_key; 2:1; a: given twice, first at line 1, column 1",
        "[a]|[a]; toml.duplicate_key; 2:1; a: the table is defined twice, first at line 1, column"
            + " 1",
        "a.b = 1|[a]; toml.duplicate_key; 2:1; a: the table is defined twice, first at line 1,"
            + " column 1",
        "a = {}|[a]; toml.duplicate_key; 2:1; a: the table is defined twice, first at line 1,"
            + " column 1",
        "a = 1|[a]; toml.key_conflict; 2:1; a: cannot be a table: it is an integer since line 1,"
            + " column 1",
        "a = 1|a.b = 2; toml.key_conflict; 2:1; a.b: no key can be added to a here: it is an"
            + " integer since line 1, column 1",
        "a = {b = 1}|a.c = 2; toml.key_conflict; 2:1; a.c: no key can be added to a here: it is a"
            + " table in braces since line 1, column 1",
        "a = {b = 1}|[a.c]; toml.key_conflict; 2:2; a.c: no key can be added to a here: it is a"
            + " table in braces since line 1, column 1",
        "[a.b]|[a]|b.c = 1; toml.key_conflict; 3:1; a.b.c: no key can be added to b here: it is a"
            + " table with a header since line 1, column 1",
        "a = []|[[a]]; toml.key_conflict; 2:1; a: cannot be an array of tables: it is an array"
            + " since line 1, column 1",
        "[a]|[[a]]; toml.key_conflict; 2:1; a: cannot be an array of tables: it is a table with a"
            + " header since line 1, column 1",
        "[[a]]|[a]; toml.key_conflict; 2:1; a: cannot be a table: it is an array of tables since"
            + " line 1, column 3",
        "[[a]]|[b]|[a.c]|[a.c]; toml.duplicate_key; 4:1; a.c: the table is defined twice, first at"
            + " line 3, column 1",
        "a = {b = 1, b = 2}; toml.duplicate_key; 1:13; a: the key b is given twice, first at line"
            + " 1, column 6",
        "a = {b = {}, b.c = 2}; toml.key_conflict; 1:14; a: no key can be added to b here: it is a"
            + " table in braces since line 1, column 6"
      })
  void refusesTablesThatAreExtendedWhereTomlForbidsIt(
      String text, String code, String place, String message) {
    TomlResult result = Toml.parse(text.replace('|', '\n').getBytes(StandardCharsets.UTF_8));
    assertThat(result.errors())
        .extracting(
            TomlError::code,
            e -> e.span().start().line() + ":" + e.span().start().column(),
            TomlError::message)
        .containsExactly(org.assertj.core.api.Assertions.tuple(code, place, message));
  }

  @Test
  void keepsTheOrderOfFirstAppearance() {
    TomlTable root = TomlValuesTest.read("b = 1\na = 2\n[c.x]\n[d]\n[c.a]\n");
    assertThat(root.entries().keySet()).containsExactly("b", "a", "c", "d");
    assertThat(((TomlTable) entry(root, "c").value()).entries().keySet()).containsExactly("x", "a");
  }

  @Test
  void tellsHowTablesCameToBe() {
    TomlTable root = TomlValuesTest.read("a.b = 1\nc = {}\n[d.e]\n[[f]]\n");
    assertThat(root.form()).isEqualTo(Form.ROOT);
    assertThat(root.entries().values())
        .extracting(e -> e.value() instanceof TomlTable table ? table.form() : null)
        .containsExactly(Form.DOTTED, Form.INLINE, Form.IMPLICIT, null);
    assertThat(root.get("f"))
        .isInstanceOfSatisfying(TomlArray.class, f -> assertThat(f.ofTables()).isTrue());
  }

  @Test
  void placesKeysAndValues() {
    String text = "\uFEFF# é\r\n[t] # x\r\n  \"k é\" . b = \"\"\"\né\"\"\" # y\n";
    TomlTable root = TomlValuesTest.read(text);
    TomlTable.Entry table = entry(root, "t");
    assertThat(show(table.keySpan())).isEqualTo("2:2@10 to 2:3@11");
    assertThat(show(table.value().span())).isEqualTo("2:1@9 to 2:4@12");
    TomlTable.Entry key = entry(table.value(), "k é");
    assertThat(show(key.keySpan())).isEqualTo("3:3@20 to 3:8@26");
    TomlTable.Entry dotted = entry(key.value(), "b");
    assertThat(show(dotted.keySpan())).isEqualTo("3:11@29 to 3:12@30");
    assertThat(show(dotted.value().span())).isEqualTo("3:15@33 to 4:5@42");
  }

  @Test
  void placesValuesOfEveryKindExactly() {
    String text = "a = [1, -2.5, true, 'x', 1979-05-27 07:32:00Z, {b = 0x1F}]";
    TomlArray array = (TomlArray) entry(TomlValuesTest.read(text), "a").value();
    assertThat(slice(text, array)).isEqualTo(text.substring(4));
    assertThat(array.elements())
        .extracting(e -> slice(text, e))
        .containsExactly("1", "-2.5", "true", "'x'", "1979-05-27 07:32:00Z", "{b = 0x1F}");
  }

  @Test
  void showsNoStringInToString() {
    TomlTable root =
        TomlValuesTest.read("password = 'hunter2'\nlist = ['hunter2']\n[t]\nx = 'hunter2'");
    assertThat(root.toString() + root.entries() + root.get("list") + root.get("t"))
        .contains("password")
        .doesNotContain("hunter2");
    assertThat(((TomlArray) entry(root, "list").value()).elements().toString())
        .doesNotContain("hunter2");
  }

  private static TomlTable.Entry entry(TomlNode table, String key) {
    return Objects.requireNonNull(((TomlTable) table).entries().get(key));
  }

  private static String slice(String text, TomlNode node) {
    return text.substring(node.span().start().offset(), node.span().end().offset());
  }

  private static String show(Span span) {
    return "%d:%d@%d to %d:%d@%d"
        .formatted(
            span.start().line(),
            span.start().column(),
            span.start().offset(),
            span.end().line(),
            span.end().column(),
            span.end().offset());
  }
}
