package dev.wsss.mam;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.SelfSupervisionContract;
import dev.wsss.mam.MamConfig.Attention;
import dev.wsss.mam.MamConfig.Distance;
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

  @Nested
  final class SmoothDistanceOfHalfTheBatch extends Contract {
    SmoothDistanceOfHalfTheBatch() {
      super(Attention.UNIFORM, Normalise.CONSTANT_MAX, Distance.SMOOTH_L1, 0.5);
    }
  }

  abstract static class Contract extends SelfSupervisionContract<Maps> {
    private final MamConfig config;

    Contract(Attention attention, Normalise normalise) {
      this(attention, normalise, Distance.L1, 1);
    }

    Contract(Attention attention, Normalise normalise, Distance distance, double batchShare) {
      List<Double> scales = List.of(0.5, 1.0, 2.0);
      this.config =
          new MamConfig(scales, scales, attention, 0.1, normalise, distance, 0.1, batchShare);
    }

    @Override
    protected SelfSupervision<Maps> module(ClassNames classes, TrainingShape shape) {
      return new MultiScaleAttention(config);
    }
  }
}
