package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.tensor.CpuInfo;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.wiring.WiredRun;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MixedPrecisionTest {
  private static final String BFLOAT16 = "training.precision=bfloat16";
  private static final CpuInfo WITHOUT =
      new CpuInfo(List.of("flags : fpu avx2 avx512f"), Optional.empty());
  private static final CpuInfo WITH =
      new CpuInfo(List.of("flags : fpu avx2 avx512f avx512_bf16 amx_bf16"), Optional.empty());

  record NoKeys() {}

  @Test
  void aBackboneThatDoesNotTakeItIsRefused() {
    WsssPlugin plugin =
        registry ->
            registry.add(Backbone.class, "own", NoKeys.class, FrozenModelTest.Doubled.class);
    RunConfig config = SmallRuns.with(List.of(plugin), BFLOAT16, "network.backbone={type: own}");
    WiredRun wired = WiredRun.of(config);

    assertThatThrownBy(() -> Preparation.ready(config, wired))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "training.precision: is bfloat16, which the backbone own does not take; allowed here:"
                + " float32");
  }

  @Test
  void aProcessorWithoutItIsToldOf() {
    assertThat(warning(WITHOUT, BFLOAT16))
        .hasValue(
            "training.precision is bfloat16, which this processor has no instructions for (amx_bf16"
                + " or avx512_bf16): a step will take longer than with float32, up to many times");
    assertThat(warning(WITH, BFLOAT16)).isEmpty();
    assertThat(warning(WITHOUT)).isEmpty();
  }

  private static Optional<String> warning(CpuInfo processor, String... overrides) {
    RunConfig config = SmallRuns.config(overrides);
    WiredRun wired = WiredRun.of(config);
    try {
      return MixedPrecision.warning(config, wired, processor);
    } finally {
      wired.root().close();
    }
  }
}
