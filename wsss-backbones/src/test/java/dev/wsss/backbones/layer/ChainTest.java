package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chain joins for speed gives what its layers give one by one. */
class ChainTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 8, true",
    "1, 8, 8, false",
    "2, 8, 8, true",
    "2, 7, 9, true",
    "2, 1, 2, true",
    "3, 8, 7, true",
    "2, 7, 9, false",
    "4, 12, 12, true"
  })
  void aDepthwiseConvolutionWithFixedBatchNorm(
      int dilation, int height, int width, boolean training) {
    Convolution convolution = Convolution.depthwise(6, 1, dilation);
    assertJoinedEqualsOneByOne(
        List.of(convolution, new BatchNorm(BatchNormMode.FIXED_STATISTICS), new Relu6()),
        new Shape(3, 6, height, width),
        training);
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 6", "1, 5, 3", "2, 8, 8", "2, 7, 9", "2, 1, 2", "4, 12, 7"})
  void aConvolutionOfManyChannels(int dilation, int height, int width) {
    for (boolean training : new boolean[] {true, false}) {
      assertJoinedEqualsOneByOne(
          List.of(
              Convolution.square(3, 130, 1, dilation),
              new BatchNorm(BatchNormMode.FIXED_STATISTICS)),
          new Shape(2, 128, height, width),
          training);
    }
  }

  /** The engine must not rewrite the functions behind its back once it has seen them run. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void everyPassIsLikeTheFirst(int dilation) {
    Chain chain =
        Chain.of(
            Kernels.TUNED,
            Convolution.square(3, 128, 1, dilation),
            new BatchNorm(BatchNormMode.FIXED_STATISTICS),
            new Relu(),
            Convolution.depthwise(128, 1, dilation),
            new BatchNorm(BatchNormMode.FIXED_STATISTICS),
            new Relu6());
    Shape shape = new Shape(2, 128, 8, 8);
    chain.initialize(manager, DataType.FLOAT32, shape);
    Map<String, Parameter> parameters = ParameterNames.of(chain);
    NDArray input = noise(shape, 3);
    input.setRequiresGradient(true);

    Map<String, float[]> first = learn(List.of(chain), input, parameters, true);
    for (int pass = 2; pass <= 5; pass++) {
      Map<String, float[]> later = learn(List.of(chain), input, parameters, true);
      first.forEach((name, values) -> assertThat(later.get(name)).as(name).isEqualTo(values));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FROZEN", "FIXED_STATISTICS", "TRAINED"})
  void aConvolutionWithBatchNormOfEachMode(BatchNormMode mode) {
    assertJoinedEqualsOneByOne(
        List.of(Convolution.square(3, 5, 2, 1), new BatchNorm(mode), new Relu()),
        new Shape(2, 6, 9, 8),
        true);
  }

  /** An activation behind a level would overwrite it where nobody looks at the level. */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void aLevelStaysAsItWas(Kernels kernels) {
    Chain inner = new Chain(kernels).then("a", new MaxPool()).level();
    Chain chain = new Chain(kernels).then("inner", inner).then("relu", new Relu());
    NDArray input = manager.create(new float[] {-3, -2}, new Shape(2, 1, 1, 1));

    NDList found = chain.forwardLevels(new ParameterStore(manager, false), input, false);

    assertThat(found).hasSize(2);
    assertThat(found.get(0).toFloatArray()).containsExactly(-3, -2);
    assertThat(found.get(1).toFloatArray()).containsExactly(0, 0);
  }

  @Test
  void aConvolutionThatIsALevelDoesNotJoinTheBatchNormBehindIt() {
    Convolution convolution = Convolution.pointwise(3);
    Chain chain =
        new Chain(Kernels.TUNED)
            .then("conv", convolution)
            .level()
            .then("norm", new BatchNorm(BatchNormMode.FIXED_STATISTICS));
    Shape shape = new Shape(1, 2, 4, 4);
    chain.initialize(manager, DataType.FLOAT32, shape);
    NDArray input = noise(shape, 3);
    ParameterStore store = new ParameterStore(manager, false);

    NDList found = chain.forwardLevels(store, input, false);

    NDArray expected = convolution.forward(store, new NDList(input), false).singletonOrThrow();
    assertThat(found.get(0).toFloatArray()).isEqualTo(expected.toFloatArray());
  }

  @Test
  void itsInputStaysAsItWas() {
    Block chain = Chain.of(Kernels.TUNED, new Relu(), new Relu6());
    NDArray input = manager.create(new float[] {-1, 9});

    NDArray output = forward(chain, input, true);

    assertThat(input.toFloatArray()).containsExactly(-1, 9);
    assertThat(output.toFloatArray()).containsExactly(0, 6);
  }

  private void assertJoinedEqualsOneByOne(List<Block> layers, Shape shape, boolean training) {
    Chain chain = Chain.of(Kernels.TUNED, layers.toArray(Block[]::new));
    chain.initialize(manager, DataType.FLOAT32, shape);
    Map<String, Parameter> parameters = ParameterNames.of(chain);
    parameters.forEach((name, parameter) -> vary(name, parameter));
    NDArray input = noise(shape, 3);
    input.setRequiresGradient(true);

    Map<String, float[]> joined = learn(List.of(chain), input, parameters, training);
    Map<String, float[]> alone = learn(layers, input, parameters, training);

    assertThat(joined.keySet()).isEqualTo(alone.keySet());
    alone.forEach(
        (name, values) ->
            assertThat(difference(joined.get(name), values)).as(name).isLessThan(4e-6));
  }

  /** The largest difference, in units of the largest value. */
  private static double difference(float[] actual, float[] expected) {
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }

  /** Statistics that are neither 0 nor 1. */
  private void vary(String name, Parameter parameter) {
    NDArray noise = noise(parameter.getArray().getShape(), name.hashCode());
    parameter.getArray().set(noise.abs().add(0.1f).toFloatArray());
  }

  private Map<String, float[]> learn(
      List<Block> layers, NDArray input, Map<String, Parameter> parameters, boolean training) {
    Map<String, float[]> values = new TreeMap<>();
    List<NDArray> leaves = new ArrayList<>(List.of(input));
    parameters.values().stream()
        .filter(Parameter::requiresGradient)
        .forEach(parameter -> leaves.add(parameter.getArray()));
    leaves.forEach(leaf -> leaf.getGradient().subi(leaf.getGradient()));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray x = input;
      for (Block layer : layers) {
        x = forward(layer, x, training);
      }
      values.put("output", x.toFloatArray());
      collector.backward(x.mul(noise(x.getShape(), 4)).sum());
    }
    for (int i = 0; i < leaves.size(); i++) {
      values.put("gradient " + i, leaves.get(i).getGradient().toFloatArray());
    }
    return values;
  }

  private NDArray forward(Block block, NDArray input, boolean training) {
    return block
        .forward(new ParameterStore(manager, false), new NDList(input), training)
        .singletonOrThrow();
  }

  private NDArray noise(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }
}
