package dev.wsss.train;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The graph of modules, as the compiled classes have it. */
final class ModuleGraphTest {
  private static JavaClasses all;

  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.wsss");
  }

  @Test
  void trainNamesNoClassOfTheModulesThatServiceLoaderFinds() {
    noClasses()
        .that()
        .resideInAPackage("dev.wsss.train..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.wsss.backbones..", "dev.wsss.rcm..", "dev.wsss.mam..")
        .check(all);
  }

  @Test
  void modulesOfTheMethodKnowTheApiAndThemselvesOnly() {
    for (String module : new String[] {"backbones", "rcm", "mam", "eval"}) {
      classes()
          .that()
          .resideInAPackage("dev.wsss." + module + "..")
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage("dev.wsss..")
                  .or(resideInAnyPackage("dev.wsss.api..", "dev.wsss." + module + "..")))
          .check(all);
    }
  }

  @Test
  void apiKnowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("dev.wsss.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.wsss.backbones..",
            "dev.wsss.rcm..",
            "dev.wsss.mam..",
            "dev.wsss.eval..",
            "dev.wsss.train..")
        .check(all);
  }

  @Test
  void guiceStaysInTheWiring() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.wsss.train.wiring..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
        .check(all);
  }

  @Test
  void logbackStaysWhereTheProgramStarts() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.wsss.train.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ch.qos.logback..")
        .check(all);
  }
}
