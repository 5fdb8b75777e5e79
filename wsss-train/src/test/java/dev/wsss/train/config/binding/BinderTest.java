package dev.wsss.train.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.config.binding.Sample.Drawn;
import dev.wsss.train.config.binding.Sample.Ema;
import dev.wsss.train.config.binding.Sample.Folder;
import dev.wsss.train.config.binding.Sample.Optimiser;
import dev.wsss.train.config.binding.Sample.Rcm;
import dev.wsss.train.config.binding.Sample.Run;
import dev.wsss.train.config.binding.Sample.Schedule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BinderTest {

  @Test
  void everyKeyHasItsDefault() {
    Run run = Sample.bind("data: {type: synthetic}");

    assertThat(run.data().type()).isEqualTo("synthetic");
    assertThat(run.data().config()).isEqualTo(new Drawn(100));
    assertThat(run.selfSupervision()).isEmpty();
    assertThat(run.teacher().config()).isEqualTo(new Ema(0.997));
    assertThat(run.optimiser()).isEqualTo(new Optimiser(0.01, 0.9f, Schedule.POLY, 0, 1, false));
    assertThat(run.scales()).containsExactly(0.5, 1.0);
    assertThat(run.note()).isEmpty();
    assertThat(run.teachers()).containsOnlyKeys("ema", "copy");
    assertThat(run.axes()).isEmpty();
  }

  @Test
  void everyTypeBinds() {
    Run run =
        Sample.bind(
            """
            data: {type: folder, root: pictures, share: 1}
            optimiser:
              rate: 1e-3
              momentum: 0
              schedule: half-cosine
              warm-up-steps: 0x10
              seed: -9223372036854775808
              bias-decay: true
            scales: [1, .5]
            note: 2012
            """);

    assertThat(run.data().config())
        .isEqualTo(new Folder(Path.of("pictures").toAbsolutePath(), 1.0));
    assertThat(run.optimiser())
        .isEqualTo(new Optimiser(1e-3, 0f, Schedule.HALF_COSINE, 16, Long.MIN_VALUE, true));
    assertThat(run.scales()).containsExactly(1.0, 0.5);
    assertThat(run.note()).contains("2012");
  }

  @Test
  void aSlotsTypeIsItsNameUnlessItSaysOtherwise() {
    Run run =
        Sample.bind(
            """
            data: {type: synthetic}
            self-supervision:
              rcm: {weight: 2, temperature: 0.1}
              second: {type: rcm}
              mam:
            """);

    assertThat(run.selfSupervision().keySet()).containsExactly("rcm", "second");
    assertThat(run.selfSupervision().get("rcm").weight()).isEqualTo(2);
    assertThat(run.selfSupervision().get("rcm").module().config()).isEqualTo(new Rcm(0.1, 5e-4));
    assertThat(run.selfSupervision().get("second").module().type()).isEqualTo("rcm");
  }

  @Test
  void whatAFileSaysIsLaidOverTheDefault() {
    assertThat(Sample.bind("{data: {type: synthetic}, teacher: {decay: 0.5}}").teacher().config())
        .isEqualTo(new Ema(0.5));
    assertThat(Sample.bind("{data: {type: synthetic}, teacher: {type: copy}}").teacher().type())
        .isEqualTo("copy");
    assertThat(Sample.bind("{data: {type: synthetic}, teachers: {copy: null}}").teachers())
        .containsOnlyKeys("ema");
    assertThat(Sample.bind("{data: {type: synthetic}, scales: []}").scales()).isEmpty();
  }

  @Test
  void patchesStayUnbound() {
    Run run =
        Sample.bind(
            """
            data: {type: synthetic}
            axes:
              rcm:
                off: {self-supervision: {rcm: null}}
                on: {}
            """);

    ConfigTree base = ConfigTree.parse("self-supervision: {rcm: {}, mam: {}}", "base.yaml");
    assertThat(base.merge(run.axes().get("rcm").get("off")).subtree("self-supervision").keys())
        .containsExactly("mam");
    assertThat(base.merge(run.axes().get("rcm").get("on"))).isEqualTo(base);
  }
}
