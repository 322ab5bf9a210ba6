package dev.quarterdeck.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// An image built ahead of time has no classes, members or resources that are looked up by name.
class NoReflectionTest {
  private static final Set<String> LOOKUPS =
      Set.of(
          "forName",
          "getConstructor",
          "getDeclaredConstructor",
          "getDeclaredField",
          "getDeclaredFields",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getEnumConstants",
          "getField",
          "getFields",
          "getMethod",
          "getMethods",
          "getRecordComponents",
          "getResource",
          "getResourceAsStream",
          "getResources",
          "loadClass",
          "newInstance");

  @Test
  void noClassOfTheLibraryLooksAnythingUpByName() throws Exception {
    Path classes =
        Path.of(Settings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> files = classFiles(classes);

    assertThat(files).hasSizeGreaterThan(100);
    Set<String> found = new TreeSet<>();
    for (Path file : files) {
      found.addAll(lookups(file));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void findsALookup() throws IOException, URISyntaxException {
    Path tests =
        Path.of(NoReflectionTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    assertThat(lookups(tests.resolve("dev/quarterdeck/settings/NoReflectionTest$Sinner.class")))
        .containsExactly("NoReflectionTest$Sinner.class: java/lang/Class.forName");
  }

  /// What the test above finds.
  static final class Sinner {
    private Sinner() {}

    static Class<?> sin(String name) throws ClassNotFoundException {
      return Class.forName(name);
    }
  }

  private static List<Path> classFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static Set<String> lookups(Path file) throws IOException {
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
      if (entry instanceof MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        boolean byName =
            (owner.equals("java/lang/Class") || owner.equals("java/lang/ClassLoader"))
                && LOOKUPS.contains(name);
        if (byName
            || owner.startsWith("java/lang/reflect/")
            || owner.equals("java/util/ServiceLoader")
            || owner.equals("java/util/ResourceBundle")
            || owner.equals("java/lang/invoke/MethodHandles$Lookup")) {
          found.add(file.getFileName() + ": " + owner + "." + name);
        }
      }
    }
    return found;
  }
}
