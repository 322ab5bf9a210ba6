package dev.quarterdeck.bookmarks.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileFilesTest {
  private static final String HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n";
  private static final String GOOD = "<DT><A HREF=\"https://good.example/\">Good</A>\n";

  @TempDir Path directory;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("upload"), bytes);
  }

  private Collected read(String text) throws IOException, UnreadableFile {
    return Collected.of(file(text.getBytes(UTF_8)));
  }

  @Test
  void cutsATitleOfTenMegabytesAndGoesOn() throws IOException, UnreadableFile {
    Collected all =
        read(
            HEAD
                + "<DT><A HREF=\"https://long.example/\">"
                + "x".repeat(10_000_000)
                + "</A>"
                + GOOD);
    assertThat(all.bookmarks()).hasSize(2);
    assertThat(all.bookmarks().getFirst().title()).hasSize(512);
    assertThat(all.problems()).extracting(ImportProblem::code).containsExactly(Code.TEXT_CUT);
  }

  @Test
  void passesOverAnIconOfTenMegabytes() throws IOException, UnreadableFile {
    Collected all =
        read(
            HEAD
                + "<DT><A ICON=\""
                + "x".repeat(10_000_000)
                + "\" HREF=\"https://icon.example/\">I</A>");
    assertThat(all.bookmarks())
        .extracting(ImportedBookmark::url)
        .containsExactly("https://icon.example/");
    assertThat(all.problems()).isEmpty();
  }

  @Test
  void skipsAnAddressOfTenMegabytesWithItsLength() throws IOException, UnreadableFile {
    Collected all =
        read(HEAD + "<DT><A HREF=\"https://" + "x".repeat(10_000_000) + "\">I</A>" + GOOD);
    assertThat(all.bookmarks()).hasSize(1);
    assertThat(all.problems().getFirst().message())
        .startsWith("url: 65536 characters (expected: at most 2048): https://xxx");
  }

  @Test
  void survivesAMillionOpenFolders() throws IOException, UnreadableFile {
    Collected all = read(HEAD + "<DL><DT><H3>f</H3>".repeat(1_000_000) + GOOD);
    assertThat(all.bookmarks()).hasSize(1);
    assertThat(all.bookmarks().getFirst().folders()).hasSize(20);
    assertThat(all.problems())
        .extracting(ImportProblem::code)
        .containsExactly(Code.FOLDERS_CUT, Code.FOLDERS_CUT);
  }

  @Test
  void survivesAMillionClosedListsThatNobodyOpened() throws IOException, UnreadableFile {
    assertThat(read(HEAD + "</DL>".repeat(1_000_000) + GOOD).bookmarks()).hasSize(1);
  }

  @Test
  void survivesATagOfAMillionAttributes() throws IOException, UnreadableFile {
    StringBuilder text = new StringBuilder(HEAD).append("<DT><A ");
    for (int i = 0; i < 1_000_000; i++) {
      text.append('a').append(i).append('=').append(i).append(' ');
    }
    assertThat(read(text + "HREF=\"https://a.example/\">A</A>").bookmarks()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"[,100000", "{\"children\":[,100000"})
  void tellsOfJsonNestedTooDeep(String opening, int times) throws IOException, UnreadableFile {
    Collected all = read("{\"roots\":" + opening.repeat(times));
    assertThat(all.bookmarks()).isEmpty();
    assertThat(all.problems())
        .singleElement()
        .extracting(ImportProblem::message)
        .isEqualTo(
            "the JSON breaks here, or is nested deeper than 200; what comes after is not read");
  }

  @Test
  void tellsOfARowWithoutEnd() throws IOException, UnreadableFile {
    Collected all = read("title,url\na,https://a.example/\n\"" + "x".repeat(20_000_000));
    assertThat(all.bookmarks()).hasSize(1);
    assertThat(all.problems()).extracting(ImportProblem::code).containsExactly(Code.FILE_BROKEN);
    assertThat(all.problems().getFirst().place().line()).isEqualTo(2);
  }

  @Test
  void readsEveryFormOfUnicode() throws IOException, UnreadableFile {
    String text = HEAD + "<DT><A HREF=\"https://u.example/\">Größe 漢字</A>";
    for (Charset charset : new Charset[] {UTF_8, UTF_16LE, UTF_16BE}) {
      for (String mark : new String[] {"\ufeff", ""}) {
        Collected all = Collected.of(file((mark + text).getBytes(charset)));
        assertThat(all.bookmarks()).extracting(ImportedBookmark::title).containsExactly("Größe 漢字");
        assertThat(all.problems()).isEmpty();
      }
    }
  }

  @Test
  void readsWhatIsNotUnicodeAndSaysSo() throws IOException, UnreadableFile {
    Collected all =
        Collected.of(
            file((HEAD + "<DT><A HREF=\"https://u.example/\">Größe</A>").getBytes(ISO_8859_1)));
    assertThat(all.bookmarks()).extracting(ImportedBookmark::title).containsExactly("Größe");
    assertThat(all.problems())
        .extracting(ImportProblem::message)
        .containsExactly("encoding: not UTF-8; read as windows-1252, letters may be wrong");
  }

  @Test
  void replacesWhatNoStoreCanKeep() throws IOException, UnreadableFile {
    Collected all = read(HEAD + "<DT><A HREF=\"https://u.example/\">a\0b&#0;c&#xD800;d\u0007e</A>");
    assertThat(all.bookmarks().getFirst().title()).doesNotContain("\0", "\u0007");
  }

  @Test
  void readsTheFilesOfAZipInOrder() throws IOException, UnreadableFile {
    Collected all =
        Collected.of(
            zip(
                "pocket/part_000001.csv", "title,url,status\nB,https://b.example/,unread\n",
                "pocket/part_000000.csv", "title,url,status\nA,https://a.example/,archive\n",
                "__MACOSX/._part.csv", "junk",
                "readme.txt", "not bookmarks",
                "other.json", "{\"what\":1}"));
    assertThat(all.bookmarks()).extracting(ImportedBookmark::title).containsExactly("A", "B");
    assertThat(all.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place().toString()).isEqualTo("other.json, line 1");
              assertThat(problem.message()).startsWith("file: JSON of an unknown form (expected:");
            });
  }

  private Path zip(String... parts) throws IOException {
    Path file = directory.resolve("upload.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < parts.length; i += 2) {
        out.putNextEntry(new ZipEntry(parts[i]));
        out.write(parts[i + 1].getBytes(UTF_8));
      }
    }
    return file;
  }

  @Test
  void refusesAZipThatUnpacksToTooMuch() throws IOException {
    Path file = directory.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("bomb.csv"));
      for (int i = 0; i < 1000; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() -> Collected.of(file))
        .hasMessage("file: a zip of 1048576000 bytes unpacked (expected: at most 1000000000)");
  }

  @Test
  void refusesAZipThatIsDamagedOrHoldsNoBookmarks() throws IOException {
    Path damaged = file("PK\u0003\u0004 and then nothing of a zip".getBytes(UTF_8));
    assertThatThrownBy(() -> Collected.of(damaged))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage("file: a damaged zip archive (expected: an intact one)");
    Path empty = zip("picture.png", "x");
    assertThatThrownBy(() -> Collected.of(empty))
        .hasMessage("file: a zip without .csv, .html or .json (expected: bookmarks in such files)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mozLz40x|file: a compressed backup of Firefox (expected: the JSON or HTML that Firefox's"
            + " library window writes by Import and Backup)",
        "SQLite format 3|file: a database of a browser (expected: bookmarks exported from the"
            + " browser as HTML)",
        "bplist00|file: a property list of Safari (expected: the HTML that Safari writes by File,"
            + " Export)",
        "Dear all, here are my links|file: begins with Dear all, here are my links (expected:"
            + " bookmarks as HTML, a JSON of Chrome, Firefox, linkding or Quarterdeck, a CSV with a"
            + " column url, or a zip of such files)",
        "{}|file: JSON of an unknown form (expected: bookmarks as HTML, a JSON of Chrome, Firefox,"
            + " linkding or Quarterdeck, a CSV with a column url, or a zip of such files)"
      })
  void refusesOtherFilesWithTheWayOut(String content, String message) throws IOException {
    Path file = file(content.getBytes(UTF_8));
    assertThatThrownBy(() -> Collected.of(file))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage(message);
  }

  @Test
  void refusesEmptyAndCompressedFiles() throws IOException {
    Path empty = file(new byte[0]);
    assertThatThrownBy(() -> Collected.of(empty)).hasMessageStartingWith("file: empty (expected:");
    Path packed = directory.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(HEAD.getBytes(UTF_8));
    }
    assertThatThrownBy(() -> Collected.of(packed))
        .hasMessage("file: compressed with gzip (expected: unpacked, or a zip)");
  }

  @Test
  void takesOtherSchemesOnlyWhenAllowed() throws IOException, UnreadableFile {
    Path file = file((HEAD + "<DT><A HREF=\"javascript:alert(1)\">J</A>").getBytes(UTF_8));
    assertThat(Collected.of(file).bookmarks()).isEmpty();
    assertThat(Collected.of(file, true).bookmarks())
        .extracting(ImportedBookmark::url)
        .containsExactly("javascript:alert(1)");
  }
}
