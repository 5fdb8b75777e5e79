package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private final PluginCatalog catalog = Sample.catalog();

  @Test
  void listsModules() {
    assertThat(Explain.modules(catalog))
        .isEqualTo(
            """
            SPI                  name       what it is           from
            SegmentationDataset  folder     SegmentationDataset  test-classes
            SegmentationDataset  synthetic  SegmentationDataset  test-classes
            SelfSupervision      mam        FakeSupervision      test-classes
            SelfSupervision      rcm        Contrasts regions.   test-classes
            TeacherUpdate        copy       TeacherUpdate        test-classes
            TeacherUpdate        ema        TeacherUpdate        test-classes
            """);
  }

  @Test
  void explainsAModule() {
    assertThat(Explain.module(catalog.find(SelfSupervision.class, "rcm").orElseThrow()))
        .isEqualTo(
            """
            rcm: a SelfSupervision from test-classes
              Contrasts regions.
              implemented by dev.wsss.train.config.binding.Sample$FakeSupervision

            key          takes                       default  from  meaning
            temperature  a number of at least 0.001  0.5            Temperature.
            threshold    a number                    5e-4           Smallest score.
            """);
  }

  @Test
  void aModulesNameTellsTheKeysOfItsSlotToo() {
    String own = Explain.module(catalog.find(SelfSupervision.class, "rcm").orElseThrow());
    assertThat(explain("rcm"))
        .isEqualTo(
            own
                + """

                beside them, in self-supervision.rcm

                key     takes                   default  from  meaning
                weight  a number of at least 0  1.0            Weight.
                """);
  }

  @Test
  void explainsASection() {
    assertThat(explain("optimiser"))
        .isEqualTo(
            """
            optimiser
              Optimiser.
              takes keys of its own
              default: as its keys say

            key            takes                                 default  from   meaning
            rate           a number of at least 0                0.01     paper  Learning rate.
            momentum       a number from 0 to 0.9999             0.9             Momentum.
            schedule       one of poly, half-cosine, constant    poly            How the rate falls.
            warm-up-steps  a whole number of at least 0 (steps)  0               Warm-up.
            seed           a whole number                        1               Seed.
            bias-decay     true or false                         false           Decay of biases.
            """);
  }

  @Test
  void explainsAKey() {
    assertThat(explain("optimiser.warm-up-steps"))
        .isEqualTo(explain("warm-up-steps"))
        .isEqualTo(
            """
            optimiser.warm-up-steps
              Warm-up.
              takes a whole number of at least 0 (steps)
              default: 0
            """);
  }

  @Test
  void explainsSlotsAndTheirKeys() {
    assertThat(explain("self-supervision"))
        .isEqualTo(
            """
            self-supervision
              Slots of self-supervision.
              takes names, each with keys of its own
              default: {}

            key      takes                   default          from  meaning
            weight   a number of at least 0  1.0                    Weight.
            type, …  the module's own keys   the slot's name        Module.

            type  what it is          from
            mam   FakeSupervision     test-classes
            rcm   Contrasts regions.  test-classes

              wsss explain TYPE shows the keys of one of them
            """);
    assertThat(explain("self-supervision.rcm.temperature"))
        .isEqualTo(explain("rcm.temperature"))
        .isEqualTo(
            """
            self-supervision.rcm.temperature
              Temperature.
              takes a number of at least 0.001
              default: 0.5
            """);
    assertThat(explain("weight"))
        .isEqualTo(
            """
            self-supervision.mam.weight, self-supervision.rcm.weight
              Weight.
              takes a number of at least 0
              default: 1.0
            """);
  }

  @Test
  void explainsWhatAModuleMayStandFor() {
    assertThat(explain("data"))
        .isEqualTo(
            """
            data
              Data set.
              takes a SegmentationDataset
              default: required

            type       what it is           from
            folder     SegmentationDataset  test-classes
            synthetic  SegmentationDataset  test-classes

              wsss explain TYPE shows the keys of one of them
            """);
    assertThat(explain("SelfSupervision"))
        .isEqualTo(
            """
            SelfSupervision: an interface that modules implement \
            (dev.wsss.api.supervision.SelfSupervision)
              stands under self-supervision
              a constructor may take its configuration record, ClassNames, TrainingShape

            type  what it is          from
            mam   FakeSupervision     test-classes
            rcm   Contrasts regions.  test-classes
            """);
  }

  @Test
  void explainsTheRoot() {
    assertThat(explain(""))
        .isEqualTo(
            """
            key               takes                                        default              from  meaning
            data              a SegmentationDataset                        required                   Data set.
            self-supervision  names, each with keys of its own             {}                         Slots of self-supervision.
            teacher           a TeacherUpdate                              {type: ema}                Teacher.
            optimiser         keys of its own                              as its keys say            Optimiser.
            scales            a list, each a number from 0.1 to 4          [0.5, 1.0]                 Scales.
            note              text                                         none                       Notes.
            teachers          names, each with a TeacherUpdate             {ema: {}, copy: {}}        Teachers by name.
            axes              names, each with names, each with a mapping  {}                         Patches.
            """);
  }

  @Test
  void anUnknownNameFindsTheNearest() {
    assertThatThrownBy(() -> explain("optimizer.rat"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "optimizer.rat: no module or key has this name; modules are copy, ema, folder, mam, rcm, synthetic; keys at the root are data, self-supervision, teacher, optimiser, scales, note, teachers, axes; did you mean 'optimiser.rate'?");
    assertThatThrownBy(() -> explain("xyz"))
        .hasMessage(
            "xyz: no module or key has this name; modules are copy, ema, folder, mam, rcm, synthetic; keys at the root are data, self-supervision, teacher, optimiser, scales, note, teachers, axes");
  }

  private String explain(String name) {
    return Explain.name(List.of(Sample.Run.class), catalog, name);
  }
}
