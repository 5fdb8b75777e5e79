package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.config.Doc;
import dev.wsss.api.plugin.PluginException;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.train.plugin.PluginCatalog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BindingErrorsTest {

  @Test
  void unknownKeyNamesTheNearestAndAllOthers() {
    assertThatThrownBy(() -> Sample.bind("data: {type: synthetic}\noptimiser:\n  momentun: 0.5\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "run.yaml:3:3: optimiser.momentun: unknown key; allowed are rate, momentum, schedule,"
                + " warm-up-steps, seed, bias-decay; did you mean 'momentum'?");
  }

  @Test
  void unknownKeyOfASlotNamesTheKeysOfSlotAndModule() {
    assertThatThrownBy(
            () ->
                Sample.bind(
                    "data: {type: synthetic}\nself-supervision: {rcm: {wait: 1, scale: 2}}"))
        .hasMessage(
            """
            run.yaml:2:26: self-supervision.rcm.wait: unknown key; allowed are temperature, \
            threshold, weight, type
            run.yaml:2:35: self-supervision.rcm.scale: unknown key; allowed: see above""");
  }

  @Test
  void keyOfAModuleWithoutKeys() {
    assertThatThrownBy(
            () -> Sample.bind("data: {type: synthetic}\nteacher: {type: copy, decay: 0.9}"))
        .hasMessage("run.yaml:2:23: teacher.decay: unknown key; allowed are type");
  }

  @Test
  void onlyTheFirstProblemsAreShown() {
    String unknown =
        IntStream.range(0, 30_000)
            .mapToObj(i -> "key-number-%05d: 1\n".formatted(i))
            .collect(Collectors.joining());

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> Sample.bind("data: {type: synthetic}\n" + unknown))
                .hasMessageStartingWith(
                    """
                    run.yaml:2:1: key-number-00000: unknown key; allowed are data, \
                    self-supervision, teacher, optimiser, scales, note, teachers, axes
                    run.yaml:3:1: key-number-00001: unknown key; allowed: see above
                    """)
                .hasMessageEndingWith(
                    """
                    run.yaml:21:1: key-number-00019: unknown key; allowed: see above
                    … and 29980 more problems"""));
  }

  @Test
  void whatIsFoundIsShortened() {
    String megabyte = "a".repeat(500_000);

    assertThatThrownBy(() -> Sample.bind("data: {type: %1$s}\n? %1$s\n: 1".formatted(megabyte)))
        .hasMessageMatching(
            "run.yaml:1:14: data.type: no SegmentationDataset is called 'a{100}… \\(500000"
                + " characters\\)'; known are folder, synthetic\n"
                + "run.yaml:2:3: a{200}… \\(500000 characters\\): unknown key; allowed are data,"
                + " self-supervision, teacher, optimiser, scales, note, teachers, axes");
    assertThatThrownBy(() -> Sample.bind("data: {type: synthetic}\nscales: " + megabyte))
        .hasMessageMatching(
            "run.yaml:2:9: scales: found 'a{200}… \\(500000 characters\\)'; allowed is a list,"
                + " each a number from 0.1 to 4");
  }

  @Test
  void slotsHaveNamesThatNoFileStumblesOver() {
    assertThatThrownBy(
            () ->
                Sample.bind(
                    """
                    data: {type: synthetic}
                    self-supervision:
                      total: {type: rcm}
                      "a,b": {type: rcm}
                      Big: {type: rcm}
                    teachers:
                      "": {type: ema}
                      total: {type: ema}
                    """))
        .hasMessage(
            """
            run.yaml:3:3: self-supervision.total: no slot can have this name, since the run's log \
            uses classification, data-wait-share, images-per-second, rate, total itself; choose \
            another name and write the module as its 'type'
            run.yaml:4:3: self-supervision.a,b: no slot can have this name; allowed are lower-case \
            letters and digits in parts joined by single hyphens, for example my-module
            run.yaml:5:3: self-supervision.Big: no slot can have this name; allowed: see above
            run.yaml:7:3: teachers.: no slot can have this name; allowed: see above""");
  }

  record Failing(@Doc(value = "Any.", byDefault = "1") int any) {
    Failing {
      throw new IllegalStateException("no tea");
    }
  }

  record Odd(@Doc("Nothing that YAML has.") Thread thread) {}

  record BadDefault(@Doc(value = "Any.", byDefault = "[") int any) {}

  @Test
  void aConfigurationRecordThatFailsIsNamedWithItsJar() {
    assertThatThrownBy(() -> bindTeacher(Failing.class))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "y:1:6: one: "
                + Failing.class.getName()
                + " (from test-classes) failed: java.lang.IllegalStateException: no tea; --debug"
                + " shows where")
        .hasSuppressedException(new IllegalStateException("no tea"));
    assertThatThrownBy(() -> bindTeacher(Odd.class))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "test-classes: module 'mine': "
                + Odd.class.getName()
                + ".thread: java.lang.Thread cannot stand in a configuration; allowed are boolean,"
                + " int, long, float, double, String, Path, enums, records, ConfigTree, Choice,"
                + " Optional, List and Map from String");
    assertThatThrownBy(() -> bindTeacher(BadDefault.class))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            "test-classes: "
                + BadDefault.class.getName()
                + " gives 'any' a default that cannot be read: default: not valid YAML: ");
  }

  record One(@Doc("A teacher.") Choice<TeacherUpdate> one) {}

  private static void bindTeacher(Class<? extends Record> config) {
    PluginCatalog catalog =
        PluginCatalog.of(
            List.of(
                registry ->
                    registry.add(TeacherUpdate.class, "mine", config, TeacherUpdate.class)));
    new ConfigLoader(catalog, BindingErrorsTest.class.getClassLoader())
        .bind(ConfigTree.parse("one: {type: mine}", "y"), One.class);
  }

  @Test
  void wrongTypes() {
    assertThatThrownBy(
            () ->
                Sample.bind(
                    """
                    data: [synthetic]
                    optimiser: {rate: fast, warm-up-steps: 1.5, bias-decay: 1, schedule: [poly]}
                    scales: 1
                    note: {}
                    teachers: [ema]
                    axes: {rcm: {off: 1}}
                    """))
        .hasMessage(
            """
            run.yaml:1:7: data: found a list; allowed is a mapping with the 'type' of a \
            SegmentationDataset, or that name alone
            run.yaml:2:19: optimiser.rate: found 'fast'; allowed is a number of at least 0
            run.yaml:2:40: optimiser.warm-up-steps: found 1.5; allowed is a whole number of at \
            least 0 (steps)
            run.yaml:2:57: optimiser.bias-decay: found 1; allowed is true or false
            run.yaml:2:70: optimiser.schedule: found a list; allowed is one of poly, half-cosine, \
            constant
            run.yaml:3:9: scales: found 1; allowed is a list, each a number from 0.1 to 4
            run.yaml:4:7: note: found a mapping; allowed is text
            run.yaml:5:11: teachers: found a list; allowed is a mapping from names, each to a \
            mapping with the 'type' of a TeacherUpdate, or that name alone
            run.yaml:6:19: axes.rcm.off: found 1; allowed is a mapping""");
  }

  @Test
  void outOfRangeSaysRangeAndUnit() {
    assertThatThrownBy(
            () ->
                Sample.bind(
                    """
                    data: {type: synthetic}
                    optimiser: {rate: -1, momentum: 1, warm-up-steps: -1, seed: 9223372036854775808}
                    scales: [1, 4.5, .nan, 1e400]
                    """))
        .hasMessage(
            """
            run.yaml:2:19: optimiser.rate: found -1; allowed is a number of at least 0
            run.yaml:2:33: optimiser.momentum: found 1; allowed is a number from 0 to 0.9999
            run.yaml:2:51: optimiser.warm-up-steps: found -1; allowed is a whole number of at \
            least 0 (steps)
            run.yaml:2:61: optimiser.seed: found 9223372036854775808; allowed is a whole number \
            within 64 bits
            run.yaml:3:13: scales[1]: found 4.5; allowed is a number from 0.1 to 4
            run.yaml:3:18: scales[2]: found .nan; allowed is a number from 0.1 to 4 that is \
            finite
            run.yaml:3:24: scales[3]: found 1e400; allowed is a number from 0.1 to 4 that is \
            finite""");
  }

  @Test
  void unknownConstantNamesTheNearest() {
    assertThatThrownBy(() -> Sample.bind("{data: {type: synthetic}, optimiser: {schedule: ploy}}"))
        .hasMessage(
            "run.yaml:1:49: optimiser.schedule: found 'ploy'; allowed is one of poly, half-cosine,"
                + " constant; did you mean 'poly'?");
  }

  @Test
  void missingKeysSayWhatTheyMean() {
    assertThatThrownBy(() -> Sample.bind(""))
        .hasMessage(
            "run.yaml:1:1: data: missing; required is a mapping with the 'type' of a"
                + " SegmentationDataset, or that name alone: Data set.");
    assertThatThrownBy(() -> Sample.bind("data: {type: folder}"))
        .hasMessage(
            "run.yaml:1:7: data.root: missing; required is a path: Folder with the pictures.");
    assertThatThrownBy(() -> Sample.bind("data: {root: a}"))
        .hasMessage(
            "run.yaml:1:7: data.type: missing; required is the name of a SegmentationDataset;"
                + " known are folder, synthetic");
  }

  @Test
  void unknownModuleNamesTheNearest() {
    assertThatThrownBy(() -> Sample.bind("data: {type: sinthetic}"))
        .hasMessage(
            "run.yaml:1:14: data.type: no SegmentationDataset is called 'sinthetic'; known are"
                + " folder, synthetic; did you mean 'synthetic'?");
    assertThatThrownBy(
            () -> Sample.bind("data: {type: synthetic}\nself-supervision:\n  rmc: {weight: 2}"))
        .hasMessage(
            "run.yaml:3:3: self-supervision.rmc: no SelfSupervision is called 'rmc'; known are mam,"
                + " rcm; did you mean 'rcm'?");
    assertThatThrownBy(() -> Sample.bind("data: {type: [a]}"))
        .hasMessage("run.yaml:1:14: data.type: found a list; known are folder, synthetic");
  }

  @Test
  void aModuleOfAMissingJarNamesTheJar() {
    assertThatThrownBy(() -> Sample.bind("{data: {type: synthetic}, teacher: {type: frozen}}"))
        .hasMessage(
            "run.yaml:1:43: teacher.type: no TeacherUpdate is called 'frozen'; known are copy, ema;"
                + " 'frozen' comes with wsss-train, which is not on the class path: put its jar"
                + " into plugins/ or depend on dev.wsss:wsss-train");
    assertThatThrownBy(() -> Sample.bind("{data: {type: vocc}}"))
        .hasMessage(
            "run.yaml:1:15: data.type: no SegmentationDataset is called 'vocc'; known are folder,"
                + " synthetic; did you mean 'voc'? 'voc' comes with wsss-eval, which is not on the"
                + " class path: put its jar into plugins/ or depend on dev.wsss:wsss-eval");
  }

  @Test
  void noModuleAtAllIsSaid() {
    ConfigLoader bare =
        new ConfigLoader(PluginCatalog.of(List.of()), BindingErrorsTest.class.getClassLoader());
    assertThatThrownBy(
            () -> bare.bind(ConfigTree.parse("rcm: {}", "s.yaml"), BindingErrorsTest.Slots.class))
        .hasMessage(
            "default: rcm.type: no SelfSupervision is called 'x'; no jar on the class path brings"
                + " any SelfSupervision");
  }

  record Slots(@Doc(value = "Slot.", byDefault = "{type: x}") Sample.Slot rcm) {}

  @Test
  void aRefusalOfARecordStandsAtItsMapping() {
    assertThatThrownBy(
            () ->
                Sample.bind(
                    "data: {type: synthetic}\n"
                        + "optimiser:\n  schedule: constant\n  warm-up-steps: 10\n"))
        .hasMessage("run.yaml:3:3: optimiser: warm-up-steps need a schedule; found constant");
  }

  @Test
  void allProblemsComeAtOnceInTheOrderOfTheFile() {
    assertThatThrownBy(
            () ->
                Sample.loader()
                    .bind(
                        ConfigTree.parse(
                                """
                                optimizer: {rate: 1}
                                self-supervision:
                                  rcm: {weight: -1, temperature: hot}
                                """,
                                "run.yaml")
                            .override("scales=[9]"),
                        Sample.Run.class))
        .hasMessage(
            """
            run.yaml:1:1: optimizer: unknown key; allowed are data, self-supervision, teacher, \
            optimiser, scales, note, teachers, axes; did you mean 'optimiser'?
            run.yaml:1:1: data: missing; required is a mapping with the 'type' of a \
            SegmentationDataset, or that name alone: Data set.
            run.yaml:3:17: self-supervision.rcm.weight: found -1; allowed is a number of at least 0
            run.yaml:3:34: self-supervision.rcm.temperature: found 'hot'; allowed is a number of \
            at least 0.001
            -o scales=[9]: scales[0]: found 9; allowed is a number from 0.1 to 4""");
  }
}
