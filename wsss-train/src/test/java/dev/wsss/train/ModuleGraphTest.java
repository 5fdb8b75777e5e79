package dev.wsss.train;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the scopes of Maven cannot say: no cycles of packages, no class of a module that
 * ServiceLoader finds, and where libraries may be used.
 */
final class ModuleGraphTest {
  private static JavaClasses all;

  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
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

  @ParameterizedTest
  @ValueSource(strings = {"api", "backbones", "eval", "train"})
  void noPackagesFormACycle(String module) {
    slices().matching("dev.wsss." + module + ".(**)").should().beFreeOfCycles().check(all);
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

  /** A program that depends on wsss-train does not get these: they are optional dependencies. */
  @Test
  void whatIsOptionalStaysInTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.wsss.train.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ch.qos.logback..", "picocli..")
        .check(all);
  }

  /** That place keeps a convolution from the engine whose gradient is faulty; see Backbone. */
  @Test
  void onlyOnePlaceCallsTheEnginesConvolution() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.wsss.backbones.kernel.DirectConvolution")
        .should()
        .callMethodWhere(
            describe(
                "it is the engine's convolution",
                call ->
                    call.getTarget().getName().equals("convolution")
                        && call.getTargetOwner().getName().startsWith("ai.djl.")))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.nn.convolutional..")
        .check(all);
  }

  /**
   * Whatever a run makes hangs below its manager, and so is on its device: nobody makes arrays on
   * the engine's default device, or moves them elsewhere.
   */
  @Test
  void onlyTheEnginesPackageChoosesADevice() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.wsss.train.engine..")
        .should()
        .callMethodWhere(
            describe(
                "it takes the engine's default device, or another than the run's",
                call ->
                    call.getTargetOwner().getName().startsWith("ai.djl.")
                        && choosesADevice(
                            call.getTarget().getName(), call.getTarget().getParameterTypes())))
        .check(all);
  }

  private static boolean choosesADevice(String method, List<?> parameters) {
    return switch (method) {
      case "toDevice", "gpu", "defaultDevice", "fromName" -> true;
      // With a device, they are for what belongs to no run.
      case "newBaseManager" -> parameters.isEmpty();
      case "newInstance" -> parameters.size() < 3;
      case "newSubManager" -> !parameters.isEmpty();
      default -> false;
    };
  }
}
