package dev.wsss.mam;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.SelfSupervisionContract;
import dev.wsss.mam.MamConfig.Attention;
import dev.wsss.mam.MamConfig.Normalise;
import dev.wsss.mam.MultiScaleAttention.Maps;
import java.util.List;
import org.junit.jupiter.api.Nested;

final class MultiScaleAttentionContractTest {

  @Nested
  final class TwoMinusCosine extends Contract {
    TwoMinusCosine() {
      super(Attention.TWO_MINUS_COSINE, Normalise.NONE);
    }
  }

  @Nested
  final class OneMinusCosine extends Contract {
    OneMinusCosine() {
      super(Attention.ONE_MINUS_COSINE, Normalise.NONE);
    }
  }

  @Nested
  final class SoftmaxOfNormalised extends Contract {
    SoftmaxOfNormalised() {
      super(Attention.SOFTMAX, Normalise.MAX);
    }
  }

  @Nested
  final class Uniform extends Contract {
    Uniform() {
      super(Attention.UNIFORM, Normalise.NONE);
    }
  }

  abstract static class Contract extends SelfSupervisionContract<Maps> {
    private final MamConfig config;

    Contract(Attention attention, Normalise normalise) {
      List<Double> scales = List.of(0.5, 1.0, 2.0);
      this.config = new MamConfig(scales, scales, attention, 0.1, normalise);
    }

    @Override
    protected SelfSupervision<Maps> module(ClassNames classes, TrainingShape shape) {
      return new MultiScaleAttention(config);
    }
  }
}
