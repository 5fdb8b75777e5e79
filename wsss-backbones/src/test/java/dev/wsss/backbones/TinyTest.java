package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.testing.BackboneContract;
import dev.wsss.backbones.layer.BatchNormMode;
import org.junit.jupiter.api.Test;

class TinyTest extends BackboneContract {

  @Override
  protected Backbone create() {
    return new Tiny(
        new TinyConfig(8, BatchNormMode.TRAINED, InputNormalisation.CENTRED), Kernels.TUNED);
  }

  @Test
  void widthSixteenGivesSixtyFourChannelsAtStrideFour() {
    Tiny tiny =
        new Tiny(
            new TinyConfig(16, BatchNormMode.TRAINED, InputNormalisation.CENTRED), Kernels.TUNED);

    assertThat(tiny.output()).isEqualTo(new FeatureSpec(64, 4));
  }
}
