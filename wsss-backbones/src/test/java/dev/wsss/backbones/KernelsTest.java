package dev.wsss.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.backbones.layer.BatchNormMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tuned kernels and the engine's own operations give the same features and gradients. */
class KernelsTest {
  private static final double TOLERANCE = 2e-4;
  private static final double ROUNDING = 1e-6;

  /**
   * Mostly the first agrees; of mobilenet-v2 with trained batch norm one in six on an Intel Xeon.
   */
  private static final int DRAWS = 40;

  private static final Optional<Path> NEVER_READ = Optional.of(Path.of("never-read.safetensors"));

  static Stream<Arguments> backbones() {
    return Stream.of(BatchNormMode.values())
        .flatMap(
            mode ->
                Stream.of(
                    backbone(
                        "tiny " + mode,
                        kernels ->
                            new Tiny(new TinyConfig(8, mode, InputNormalisation.CENTRED), kernels)),
                    backbone(
                        "resnet18 " + mode,
                        kernels ->
                            new ResNet18(
                                new ResNetConfig(
                                    NEVER_READ, mode, InputNormalisation.IMAGENET, 8, 0),
                                kernels)),
                    backbone("mobilenet-v2 " + mode, kernels -> mobileNet(mode, 16, kernels)),
                    backbone(
                        "mobilenet-v2, output stride 8 " + mode,
                        kernels -> mobileNet(mode, 8, kernels))));
  }

  private static Backbone mobileNet(BatchNormMode mode, int outputStride, Kernels kernels) {
    return new MobileNetV2(
        new MobileNetV2Config(NEVER_READ, mode, InputNormalisation.CENTRED, outputStride, 0),
        kernels);
  }

  private static Arguments backbone(String name, Function<Kernels, Backbone> create) {
    return Arguments.of(name, create);
  }

  /**
   * One of the draws of pictures must agree in everything. Rounding differs between kernels and
   * processors, and may put an activation on the other side of a rectifier's kink, which changes
   * gradients by a percent; a wrong kernel is wrong for all pictures.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backbones")
  void bothGiveTheSame(String name, Function<Kernels, Backbone> create) {
    List<String> differences = List.of();
    for (int draw = 0; draw < DRAWS; draw++) {
      differences = differences(create, "images " + draw);
      if (differences.isEmpty()) {
        return;
      }
    }
    fail("none of %d draws agrees; the last: %s".formatted(DRAWS, String.join("; ", differences)));
  }

  private static List<String> differences(Function<Kernels, Backbone> create, String images) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, float[]> plain = learn(manager, create.apply(Kernels.PLAIN), images);
      Map<String, float[]> tuned = learn(manager, create.apply(Kernels.TUNED), images);

      assertThat(tuned.keySet()).containsExactlyElementsOf(plain.keySet());
      // A batch norm takes away what a shift before it adds: such gradients are rounding alone.
      double largest = plain.values().stream().mapToDouble(KernelsTest::length).max().orElse(0);
      List<String> differences = new ArrayList<>();
      plain.forEach(
          (what, values) -> {
            double allowed = TOLERANCE * length(values) + ROUNDING * largest;
            double distance = distance(tuned.get(what), values);
            if (!(distance < allowed)) { // also for NaN
              differences.add(
                  "%s, %s: differs by %.3g, allowed is %.3g"
                      .formatted(images, what, distance, allowed));
            }
          });
      return differences;
    }
  }

  /** Features in training and in evaluation, and the gradients of all parameters. */
  private static Map<String, float[]> learn(NDManager manager, Backbone backbone, String pictures) {
    // Three cells by three whatever the stride: each activation more may fall at a kink.
    int stride = backbone.output().strideInPixels();
    Shape shape = new Shape(3, 3, 2 * stride + 9, 2 * stride + 3);
    backbone.block().initialize(manager, DataType.FLOAT32, shape);
    Map<String, Parameter> parameters = ParameterNames.of(backbone.block());
    parameters.forEach((name, parameter) -> parameter.getArray().set(values(name, parameter)));
    ParameterStore store = new ParameterStore(manager, false);
    NDArray images = manager.create(noise(pictures, (int) shape.size()), shape);
    Map<String, float[]> given = new LinkedHashMap<>();
    NDArray evaluated =
        backbone.block().forward(store, new NDList(images), false).singletonOrThrow();
    given.put("evaluated", evaluated.toFloatArray());
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray features =
          backbone.block().forward(store, new NDList(images), true).singletonOrThrow();
      given.put("learned", features.toFloatArray());
      float[] factors = noise("factors", (int) features.size());
      collector.backward(features.mul(manager.create(factors, features.getShape())).sum());
    }
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            given.put("gradient of " + name, parameter.getArray().getGradient().toFloatArray());
          }
        });
    return given;
  }

  /** Statistics that are neither 0 nor 1, and weights that keep the size of what they weigh. */
  private static float[] values(String name, Parameter parameter) {
    Shape shape = parameter.getShape();
    float[] values = noise(name, (int) shape.size());
    double size = Math.sqrt(2.0 * shape.get(0) / shape.size());
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (parameter.getType()) {
            case WEIGHT -> (float) (values[i] * size);
            case BETA, RUNNING_MEAN -> 0.1f * values[i];
            default -> 1 + 0.1f * values[i];
          };
    }
    return values;
  }

  private static float[] noise(String name, int count) {
    Random random = new Random(name.hashCode());
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double length(float[] values) {
    return distance(values, new float[values.length]);
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < other.length; i++) {
      sum += Math.pow(one[i] - (double) other[i], 2);
    }
    return Math.sqrt(sum);
  }
}
