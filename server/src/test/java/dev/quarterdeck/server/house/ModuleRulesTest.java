package dev.quarterdeck.server.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleRulesTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.quarterdeck");

  @Test
  void looksAtEnoughClassesToMeanSomething() {
    assertThat(ALL.stream().filter(each -> !each.getName().contains("$")).count())
        .as("production classes on the class path")
        .isGreaterThan(150);
  }

  @Test
  void settingsLibraryNeedsNothingAtRunTime() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.quarterdeck.settings..")
            .and()
            .resideOutsideOfPackage("dev.quarterdeck.settings.processor..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.quarterdeck.settings.."));
  }

  @Test
  void onlyHttpKnowsHelidon() {
    check(only("dev.quarterdeck.http..", "io.helidon.."));
  }

  @Test
  void onlyTheEmbeddedAdapterKnowsSql() {
    check(only("dev.quarterdeck.store.sqlite..", "java.sql..", "org.sqlite.."));
  }

  @Test
  void onlyAccountsKnowsPasswordsAndTokens() {
    check(only("dev.quarterdeck.accounts..", "com.nimbusds..", "at.favre.."));
  }

  @Test
  void onlyTheServerWiresAndParsesCommands() {
    check(only("dev.quarterdeck.server..", "picocli..", "ch.qos.logback.."));
  }

  @Test
  void portsOfTheStoreDependOnNothingElse() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.quarterdeck.store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others("dev.quarterdeck.store..")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "executions"})
  void slicesKnowNeitherEachOtherNorAdapters(String slice) {
    String own = "dev.quarterdeck." + slice + "..";
    check(
        noClasses()
            .that()
            .resideInAPackage(own)
            .and()
            .resideOutsideOfPackage("dev.quarterdeck.executions.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                Arrays.stream(
                        new String[] {
                          "dev.quarterdeck.accounts..",
                          "dev.quarterdeck.executions..",
                          "dev.quarterdeck.executions.sandbox..",
                          "dev.quarterdeck.store.sqlite..",
                          "dev.quarterdeck.server.."
                        })
                    .filter(other -> !other.equals(own))
                    .toArray(String[]::new)));
  }

  @Test
  void sandboxKnowsOnlyItsPort() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.quarterdeck.executions.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.quarterdeck.http..",
                "dev.quarterdeck.store..",
                "dev.quarterdeck.events..",
                "dev.quarterdeck.accounts..",
                "dev.quarterdeck.server.."));
  }

  @Test
  void namesSayWhatAThingIs() {
    Set<String> wrong =
        ALL.stream()
            .filter(ModuleRulesTest::saysNothing)
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(wrong).as("classes whose name or package says nothing").isEmpty();
  }

  private static boolean saysNothing(JavaClass each) {
    return each.getSimpleName().matches(".*(Manager|Helper|Util|Utils|Impl|Dto)")
        || Arrays.stream(each.getPackageName().split("\\."))
            .anyMatch(Set.of("util", "common", "impl", "dto", "service")::contains);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> marked =
        ALL.stream()
            .filter(each -> each.getSimpleName().equals("package-info"))
            .filter(each -> each.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    Set<String> unmarked =
        ALL.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !marked.contains(name))
            .filter(name -> !name.endsWith(".jte"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unmarked).as("packages without @NullMarked").isEmpty();
  }

  private static void check(ArchRule rule) {
    rule.check(ALL);
  }

  private static ArchRule only(String owner, String... libraries) {
    return noClasses()
        .that()
        .resideInAPackage("dev.quarterdeck..")
        .and()
        .resideOutsideOfPackage(owner)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  private static String[] others(String own) {
    return ALL.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> !name.startsWith(own.replace("..", "")))
        .distinct()
        .toArray(String[]::new);
  }
}
