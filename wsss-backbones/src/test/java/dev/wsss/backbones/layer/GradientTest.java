package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients agree with finite differences, though blocks close arrays and add in place while the
 * graph is recorded.
 */
class GradientTest {
  private static final Shape INPUT = new Shape(2, 4, 9, 7);
  private static final float STEP = 1e-4f;

  static Stream<Arguments> blocks() {
    BatchNormMode trained = BatchNormMode.TRAINED;
    BatchNormMode fixed = BatchNormMode.FIXED_STATISTICS;
    Kernels tuned = Kernels.TUNED;
    return Stream.of(
        Arguments.of("basic, shortcut of itself", new BasicBlock(4, 4, 1, 2, trained, tuned)),
        Arguments.of("basic, projected shortcut", new BasicBlock(4, 6, 2, 1, trained, tuned)),
        Arguments.of("basic, fixed statistics", new BasicBlock(4, 6, 1, 1, fixed, tuned)),
        Arguments.of("bottleneck, shortcut of itself", new Bottleneck(4, 1, 1, 2, trained, tuned)),
        Arguments.of("bottleneck, strided", new Bottleneck(4, 2, 2, 1, fixed, tuned)),
        Arguments.of("inverted, shortcut", new InvertedResidual(4, 4, 3, 1, 2, trained, tuned)),
        Arguments.of("inverted, strided", new InvertedResidual(4, 6, 3, 2, 1, fixed, tuned)),
        Arguments.of("inverted, unexpanded", new InvertedResidual(4, 6, 1, 1, 1, trained, tuned)),
        Arguments.of(
            "channels last", Chain.of(tuned, new PreferredOrder(tuned), Convolution.pointwise(3))),
        Arguments.of(
            "biased, dilated beyond the grid",
            Chain.of(tuned, Convolution.square(3, 3, 1, 12).biased(), new Relu())),
        Arguments.of("pooled", Chain.of(tuned, Convolution.square(3, 3, 1, 1), new MaxPool())),
        Arguments.of(
            "pooled by pairs", Chain.of(tuned, Convolution.square(3, 3, 1, 1), new PairPool(2))),
        Arguments.of(
            "pooled by pairs, size kept",
            Chain.of(tuned, Convolution.square(3, 3, 1, 1), new PairPool(1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void alongARandomDirection(String name, Block block) {
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      Random random = new Random(5);
      List<Parameter> learning =
          ParameterNames.of(block).values().stream().filter(Parameter::requiresGradient).toList();
      // Off the kinks: with zero shifts, whole regions would be exactly zero.
      learning.forEach(p -> p.getArray().addi(noise(manager, p.getShape(), random).mul(0.3f)));
      List<NDArray> direction =
          learning.stream().map(p -> noise(manager, p.getShape(), random)).toList();
      NDArray input = noise(manager, INPUT, random);
      NDArray weights = noise(manager, block.getOutputShapes(new Shape[] {INPUT})[0], random);

      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(loss(manager, block, input, weights));
      }
      double expected = 0;
      for (int i = 0; i < learning.size(); i++) {
        NDArray gradient = learning.get(i).getArray().getGradient();
        expected += gradient.mul(direction.get(i)).sum().getFloat();
      }
      move(learning, direction, STEP);
      double ahead = loss(manager, block, input, weights).getFloat();
      move(learning, direction, -2 * STEP);
      double behind = loss(manager, block, input, weights).getFloat();

      assertThat((ahead - behind) / (2 * STEP))
          .isCloseTo(expected, within(0.005 * Math.abs(expected) + 0.1));
    }
  }

  private static void move(List<Parameter> parameters, List<NDArray> direction, float step) {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).getArray().addi(direction.get(i).mul(step));
    }
  }

  private static NDArray loss(NDManager manager, Block block, NDArray input, NDArray weights) {
    return block
        .forward(new ParameterStore(manager, false), new NDList(input), true)
        .singletonOrThrow()
        .mul(weights)
        .sum();
  }

  private static NDArray noise(NDManager manager, Shape shape, Random random) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }
}
