package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.NetworkParameters;
import dev.wsss.api.network.ParameterPair;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.HiddenCaches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@link Backbone} promises of its levels; {@link BackboneContract} holds the rest. */
abstract class BackboneLevelContract {
  static final long SEED = 7;

  NDManager manager;

  /** A new instance, of one configuration at every call. */
  protected abstract Backbone create();

  /**
   * Whether the backbone can be exported to ONNX. Where it cannot, the error is checked that says
   * which block writes no nodes.
   */
  protected boolean writesOnnx() {
    return true;
  }

  @BeforeEach
  final void open() {
    HiddenCaches.avoid();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  final void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"1,64,64", "2,65,97", "2,48,33"})
  final void levelsHaveTheDeclaredShapesAndLeaveTheOutputAsItIs(int batch, int height, int width) {
    Backbone backbone = create();
    try (NetworkParameters parameters = parameters(backbone)) {
      NDArray images = images(batch, height, width);
      NDList alone = backbone.block().forward(parameters.store(), new NDList(images), false);
      NDArray expected = alone.singletonOrThrow();

      NDList found = backbone.forwardLevels(parameters.store(), images, false);

      List<Shape> shapes = new ArrayList<>();
      backbone
          .levels()
          .forEach(
              level -> {
                int stride = level.strideInPixels();
                long rows = (height + stride - 1) / stride;
                long columns = (width + stride - 1) / stride;
                shapes.add(new Shape(batch, level.channels(), rows, columns));
              });
      shapes.add(expected.getShape());
      assertThat(found).extracting(NDArray::getShape).containsExactlyElementsOf(shapes);
      double difference = largest(found.get(found.size() - 1).sub(expected));
      assertThat(difference).isLessThanOrEqualTo(1e-5 * largest(expected));
    }
  }

  @Test
  final void strideDoesNotFallFromLevelToLevel() {
    Backbone backbone = create();
    List<Integer> strides =
        new ArrayList<>(backbone.levels().stream().map(FeatureSpec::strideInPixels).toList());
    strides.add(backbone.output().strideInPixels());

    assertThat(strides).isSorted();
  }

  @Test
  final void theGradientOfEachLevelReachesTheFirstLayer() {
    int levels = create().levels().size();
    for (int level = 0; level <= levels; level++) {
      Backbone backbone = create();
      try (NetworkParameters parameters = parameters(backbone);
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Parameter first = parameters.byName().values().iterator().next();
        assumeTrue(first.requiresGradient(), "the first layer is frozen");
        NDList found = backbone.forwardLevels(parameters.store(), images(2, 64, 64), true);
        NDArray features = found.get(level);
        collector.backward(features.mul(Fixtures.noise(manager, features.getShape(), 3)).sum());

        float size = first.getArray().getGradient().abs().sum().getFloat();
        assertThat(size).as("gradient through level " + level).isFinite().isPositive();
      }
    }
  }

  @Test
  final void gradientsOfLevelsAndOutputTogetherAreTheSumOfTheirOwn() {
    int levels = create().levels().size();
    try (Passes together = new Passes();
        Passes apart = new Passes()) {
      together.learn(IntStream.rangeClosed(0, levels).toArray());
      IntStream.rangeClosed(0, levels).forEach(apart::learn);

      assertThat(gradientDifference(together.parameters.pairedWith(apart.parameters))).isEmpty();
    }
  }

  @Test
  final void onnxRuntimeGivesTheSameLevels() throws Exception {
    Backbone backbone = create();
    assumeTrue(writesOnnx(), "the backbone writes no ONNX nodes");
    try (NetworkParameters parameters = parameters(backbone)) {
      ExportedNetwork.disturbNorms(parameters.byName(), manager);
      try (ExportedGraph exported = new ExportedGraph((graph, x) -> write(backbone, graph, x))) {
        for (NDArray images : List.of(images(2, 64, 96), images(1, 97, 65))) {
          NDList found = backbone.forwardLevels(parameters.store(), images, false);
          Map<String, NDArray> expected = new LinkedHashMap<>();
          found.forEach(features -> expected.put("level" + expected.size(), features));
          exported.assertSame(images, expected);
        }
      }
    }
  }

  private static void write(Backbone backbone, OnnxGraph graph, OnnxValue images) {
    List<OnnxValue> levels = backbone.exportLevels(graph.in("backbone"), images);
    for (int i = 0; i < levels.size(); i++) {
      graph.output("level" + i, levels.get(i), OnnxType.FLOAT, "N", "C" + i, "h" + i, "w" + i);
    }
  }

  /** Training passes that look at levels by their place; the output comes last. */
  private final class Passes implements AutoCloseable {
    private final Backbone backbone = create();
    private final NetworkParameters parameters = parameters(backbone);

    /** The same draws at each call. */
    void learn(int... places) {
      Engine.getInstance().setRandomSeed(5);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDList found = backbone.forwardLevels(parameters.store(), images(2, 64, 64), true);
        NDArray loss = null;
        for (int place : places) {
          NDArray features = found.get(place);
          NDArray noise = Fixtures.noise(manager, features.getShape(), place);
          NDArray own = features.mul(noise).sum();
          loss = loss == null ? own : loss.add(own);
        }
        collector.backward(loss);
      }
    }

    @Override
    public void close() {
      parameters.close();
    }
  }

  private NetworkParameters parameters(Backbone backbone) {
    var parameters = new NetworkParameters(manager, backbone, new Fixtures.NoHead().block());
    parameters.initialise(SEED, new Shape(1, backbone.output().channels(), 4, 4));
    parameters.pretrain();
    return parameters;
  }

  final NDArray images(int batch, int height, int width) {
    return Fixtures.noise(manager, new Shape(batch, 3, height, width), 11);
  }

  /** The first gradient that differs by more than rounding, also of one that is zero but for it. */
  static Optional<String> gradientDifference(List<ParameterPair> pairs) {
    List<ParameterPair> learning =
        pairs.stream().filter(pair -> pair.mine().requiresGradient()).toList();
    double largest =
        learning.stream().mapToDouble(pair -> largest(gradient(pair.theirs()))).max().orElse(0);
    assertThat(largest).isFinite();
    for (ParameterPair pair : learning) {
      NDArray expected = gradient(pair.theirs());
      double difference = largest(gradient(pair.mine()).sub(expected));
      double allowed = 1e-3 * largest(expected) + 1e-6 * largest;
      if (!(difference <= allowed)) {
        return Optional.of(
            pair.name() + ": the gradients differ by " + difference + ", allowed is " + allowed);
      }
    }
    return Optional.empty();
  }

  private static NDArray gradient(Parameter parameter) {
    return parameter.getArray().getGradient();
  }

  static double largest(NDArray values) {
    return values.abs().max().getFloat();
  }
}
