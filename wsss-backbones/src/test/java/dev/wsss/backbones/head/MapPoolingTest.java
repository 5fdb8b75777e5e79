package dev.wsss.backbones.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.testing.CamHeadContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected values by hand; the contract compares with ONNX Runtime at two sizes of the grid. */
class MapPoolingTest {
  private static final float[] MAP = {1, 2, 3, 6, -1, 0};

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Nested
  class Maximum extends CamHeadContract {
    @Override
    protected CamHead create(FeatureSpec features, ClassNames classes) {
      return headOf(Pooling.GMP, classes);
    }
  }

  @Nested
  class LogSumExp extends CamHeadContract {
    @Override
    protected CamHead create(FeatureSpec features, ClassNames classes) {
      return headOf(Pooling.LSE, classes);
    }
  }

  @Nested
  class Largest extends CamHeadContract {
    @Override
    protected CamHead create(FeatureSpec features, ClassNames classes) {
      return headOf(Pooling.TOP_K, classes);
    }
  }

  private static CamHead headOf(Pooling pooling, ClassNames classes) {
    return new LinearHead(
        new LinearHeadConfig(Initialisation.HE_NORMAL, pooling, 3, 0.3, 0.2), classes);
  }

  @Test
  void aLogitIsThePooledMapAndTheOddsOfThePrior() {
    double odds = Math.log(0.2 / 0.8);
    double powers = 0;
    for (float cell : MAP) {
      powers += Math.exp(0.5 * cell);
    }

    assertThat(logit(Pooling.GAP, 0.5, 0.5)).isCloseTo(11 / 6.0 + odds, within(1e-6));
    assertThat(logit(Pooling.GMP, 0.5, 0.5)).isCloseTo(6 + odds, within(1e-6));
    assertThat(logit(Pooling.LSE, 0.5, 0.5))
        .isCloseTo(Math.log(powers / 6) / 0.5 + odds, within(1e-6));
    assertThat(logit(Pooling.TOP_K, 0.5, 0.5)).isCloseTo((6 + 3 + 2) / 3.0 + odds, within(1e-6));
  }

  @Test
  void topKTakesAtLeastOneCellAndAtMostAll() {
    assertThat(logit(Pooling.TOP_K, 1, 1e-4)).isEqualTo(logit(Pooling.GMP, 1, 1));
    assertThat(logit(Pooling.TOP_K, 1, 1)).isCloseTo(logit(Pooling.GAP, 1, 1), within(1e-6));
  }

  @Test
  void logSumExpGoesFromTheMeanToTheMaximum() {
    assertThat(logit(Pooling.LSE, 1e-3, 1)).isCloseTo(logit(Pooling.GAP, 1, 1), within(0.01));
    assertThat(logit(Pooling.LSE, 1000, 1)).isCloseTo(logit(Pooling.GMP, 1, 1), within(0.01));
  }

  /** d logit / d cell, by what the definition says. */
  @ParameterizedTest
  @EnumSource
  void gradientsReachTheCellsThatCount(Pooling pooling) {
    NDArray maps = manager.create(MAP, new Shape(1, 1, 2, 3));
    maps.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(new MapPooling(pooling, 0.5, 0.5, 0.2).logits(maps).sum());
    }
    double powers = 0;
    for (float cell : MAP) {
      powers += Math.exp(0.5 * cell);
    }

    float[] gradient = maps.getGradient().toFloatArray();
    for (int i = 0; i < MAP.length; i++) {
      double expected =
          switch (pooling) {
            case GAP -> 1 / 6.0;
            case GMP -> MAP[i] == 6 ? 1 : 0;
            case LSE -> Math.exp(0.5 * MAP[i]) / powers;
            case TOP_K -> MAP[i] >= 2 ? 1 / 3.0 : 0;
          };
      assertThat((double) gradient[i]).as("cell " + i).isCloseTo(expected, within(1e-6));
    }
  }

  private double logit(Pooling pooling, double sharpness, double topShare) {
    NDArray maps = manager.create(MAP, new Shape(1, 1, 2, 3));
    return new MapPooling(pooling, sharpness, topShare, 0.2).logits(maps).toFloatArray()[0];
  }
}
