package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.ParameterNames;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Features of one drawn picture equal PyTorch's. The numbers come from {@code
 * src/test/python/feature_goldens.py}, whose head says how to run it.
 */
class FeatureGoldensTest {
  private static final double TOLERANCE = 1e-4;

  @Test
  void resnet18AtStrideEight() {
    float[] features =
        features(ResNet18Test.fromScratch(8), FeatureGoldensTest::fillByFormula, 9, 13);

    check(features, 1.40831, 14.7703);
    assertThat(everySixteenth(features))
        .containsExactly(
            new float[] {
              0.496336f, 0.435162f, 3.73194f, 0f, 0f, 0f, 0f, 3.57372f, 0f, 3.32015f, 0f, 0f,
              4.04464f, 2.56044f, 2.03758f, 2.21542f
            },
            within((float) TOLERANCE));
  }

  @Test
  void resnet18AtStrideSixteen() {
    float[] features =
        features(ResNet18Test.fromScratch(16), FeatureGoldensTest::fillByFormula, 5, 7);

    check(features, 1.43285, 14.1592);
    assertThat(everySixteenth(features))
        .containsExactly(
            new float[] {
              0.725302f, 0f, 3.35597f, 0.927294f, 0f, 0.59423f, 0f, 3.72658f, 0f, 4.20244f, 0f, 0f,
              0f, 0.205075f, 0.5955f, 0.476341f
            },
            within((float) TOLERANCE));
  }

  @Test
  void mobilenetV2WithImageNetWeights() {
    float[] features =
        features(
            MobileNetV2Test.pretrained(0),
            backbone -> backbone.pretrain(ParameterNames.of(backbone.block())),
            5,
            7);

    check(features, 0.736651, 6);
    assertThat(everySixteenth(features))
        .containsExactly(
            new float[] {
              1.78569f, 0f, 2.60765f, 1.05387f, 0f, 0f, 0f, 0f, 1.59061f, 2.12226f, 5.7354f, 0f, 0f,
              0f, 0f, 0f
            },
            within((float) TOLERANCE));
  }

  private static float[] features(
      Backbone backbone, Consumer<Backbone> weights, int height, int width) {
    try (NDManager manager = NDManager.newBaseManager()) {
      backbone.block().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64));
      weights.accept(backbone);
      NDArray features =
          backbone
              .block()
              .forward(
                  new ParameterStore(manager, false), new NDList(picture(manager, 72, 99)), false)
              .singletonOrThrow();
      assertThat(features.getShape())
          .isEqualTo(new Shape(1, backbone.output().channels(), height, width));
      return features.toFloatArray();
    }
  }

  private static void check(float[] features, double mean, double maximum) {
    double sum = 0;
    double largest = 0;
    for (float feature : features) {
      sum += feature;
      largest = Math.max(largest, feature);
    }
    assertThat(sum / features.length).isCloseTo(mean, within(TOLERANCE));
    assertThat(largest).isCloseTo(maximum, within(TOLERANCE));
  }

  private static float[] everySixteenth(float[] features) {
    float[] chosen = new float[16];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = features[i * (features.length / chosen.length) + 5];
    }
    return chosen;
  }

  private static NDArray picture(NDManager manager, int height, int width) {
    float[] values = new float[3 * height * width];
    int at = 0;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          values[at++] = (float) Math.sin(0.1 * (c + 1) * i + 0.05 * j);
        }
      }
    }
    return manager.create(values, new Shape(1, 3, height, width));
  }

  private static void fillByFormula(Backbone backbone) {
    ParameterNames.of(backbone.block())
        .forEach((name, parameter) -> parameter.getArray().set(byFormula(name, parameter)));
  }

  private static float[] byFormula(String name, Parameter parameter) {
    Shape shape = parameter.getShape();
    float[] values = new float[(int) shape.size()];
    long fanIn = shape.size() / shape.get(0);
    for (int i = 0; i < values.length; i++) {
      double wave = noise(i + 1 + 1000L * name.length());
      double value =
          switch (parameter.getType()) {
            case WEIGHT -> wave * 2 / Math.sqrt((double) fanIn);
            case BETA, RUNNING_MEAN -> wave * 0.1;
            default -> 1 + wave * 0.2;
          };
      values[i] = (float) value;
    }
    return values;
  }

  /** −1…1 by an integer hash. */
  private static double noise(long key) {
    long bits = 0xffffffffL;
    long x = key * 2654435761L & bits;
    x = (x ^ x >> 15) * 2246822519L & bits;
    return (double) (x ^ x >> 13) / 0x80000000L - 1;
  }
}
