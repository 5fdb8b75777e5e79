package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.tensor.HiddenCaches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link SegmentationHead} promises. Extend it and give {@link #create}. */
public abstract class SegmentationHeadContract {
  private static final ClassNames CLASSES =
      new ClassNames(List.of("cat", "dog", "bird", "boat", "train"));

  private static final int SCORES = 6;

  private NDManager manager;

  /**
   * A new instance for the features of a backbone, whose levels have strides 2, 4 and 8 and whose
   * output has stride 16, and the classes of a data set.
   */
  protected abstract SegmentationHead create(FeatureLevels features, ClassNames classes);

  /**
   * Whether the head can be exported to ONNX. Where it cannot, the error is checked that says what
   * is missing.
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

  @Test
  final void theBlockIsTheSameAtEveryCall() {
    SegmentationHead head = create();

    assertThat(head.block()).isSameAs(head.block());
  }

  @Test
  final void levelsArePlacesThatTheBackboneHas() {
    int there = new Pyramid().levels().size();

    assertThat(create().levels())
        .doesNotHaveDuplicates()
        .isSubsetOf(IntStream.range(0, there).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({"1,96,96", "3,80,144", "2,16,16", "2,33,47"})
  final void scoresHaveOneChannelForBackgroundAndOneAClass(int batch, int height, int width) {
    SegmentationHead head = create();
    try (SegmentationNetwork network = network(head)) {
      Shape learned = network.learn(images(batch, height, width)).getShape();

      assertThat(network.evaluate(images(batch, height, width)).getShape()).isEqualTo(learned);
      assertThat(learned.get(0)).isEqualTo(batch);
      assertThat(learned.get(1)).isEqualTo(SCORES);
      assertThat(learned.get(2)).isBetween(1L, (long) height);
      assertThat(learned.get(3)).isBetween(1L, (long) width);
      assertThat(head.block().getOutputShapes(inputs(head, batch, height, width)))
          .containsExactly(learned);
    }
  }

  private static Shape[] inputs(SegmentationHead head, int batch, int height, int width) {
    FeatureLevels all = FeatureLevels.of(new Pyramid());
    List<FeatureSpec> taken = new ArrayList<>();
    head.levels().forEach(level -> taken.add(all.levels().get(level)));
    taken.add(all.output());
    return taken.stream()
        .map(
            spec -> {
              int stride = spec.strideInPixels();
              int rows = (height + stride - 1) / stride;
              int columns = (width + stride - 1) / stride;
              return new Shape(batch, spec.channels(), rows, columns);
            })
        .toArray(Shape[]::new);
  }

  @Test
  final void oneSeedGivesOneHeadByNameAndByValueAndAnotherSeedAnother() {
    try (SegmentationNetwork one = network(create());
        SegmentationNetwork two = network(create());
        SegmentationNetwork other = new SegmentationNetwork(manager, new Pyramid(), create(), 8)) {
      assertThat(two.parameters().byName().keySet())
          .containsExactlyElementsOf(one.parameters().byName().keySet());
      assertThat(values(two)).isEqualTo(values(one));
      assertThat(values(other)).isNotEqualTo(values(one));
    }
  }

  @Test
  final void evaluationLeavesOnlyItsScoresAndChangesNoParameter() {
    try (SegmentationNetwork network = network(create());
        NDManager pass = manager.newSubManager()) {
      List<String> before = values(network);
      NDArray images = images(2, 64, 48);
      images.attach(pass);

      NDArray scores = network.evaluate(images);

      assertThat(pass.getManagedArrays()).containsExactlyInAnyOrder(images, scores);
      assertThat(values(network)).isEqualTo(before);
    }
  }

  @Test
  final void evaluationOfAPictureDependsOnItAlone() {
    try (SegmentationNetwork network = network(create())) {
      NDArray images = images(3, 64, 48);
      NDArray together = network.evaluate(images);
      NDArray alone = network.evaluate(images.get("1:2"));

      double scale = largest(together);
      assertThat(scale).isPositive();
      assertThat(largest(together.get("1:2").sub(alone))).isLessThan(1e-4 * scale);
      assertThat(network.evaluate(images).toFloatArray()).isEqualTo(together.toFloatArray());
    }
  }

  @Test
  final void gradientsReachEveryUnfrozenParameterAndTheFeatures() {
    try (SegmentationNetwork network = network(create())) {
      NDArray images = images(2, 64, 64);
      images.setRequiresGradient(true);
      learn(network, images, () -> {});

      Map<String, Parameter> parameters = network.parameters().byName();
      assertThat(parameters).isNotEmpty();
      parameters.forEach(
          (name, parameter) -> {
            if (parameter.requiresGradient()) {
              float size = parameter.getArray().getGradient().abs().sum().getFloat();
              assertThat(size).as("gradient of " + name).isFinite().isPositive();
            }
          });
      assertThat(largest(images.getGradient())).isFinite().isPositive();
    }
  }

  @Test
  final void gradientsOutliveGarbageCollection() {
    try (SegmentationNetwork network = network(create());
        SegmentationNetwork disturbed = network(create())) {
      learn(network, images(2, 64, 64), () -> {});
      learn(disturbed, images(2, 64, 64), ReusedMemory::force);

      assertThat(gradients(disturbed)).isEqualTo(gradients(network));
    }
  }

  @Test
  final void aBatchMayBeCutWhereItsImagesAreIndependent() {
    SegmentationHead head = create();
    assumeTrue(head.imagesAreIndependent(), "the images of a batch are not independent");
    try (SegmentationNetwork network = network(head)) {
      NDArray images = images(3, 64, 48);
      NDArray whole = network.learn(images);
      assumeTrue(
          Arrays.equals(whole.toFloatArray(), network.learn(images).toFloatArray()),
          "training draws, as for dropout");
      NDArray part = network.learn(images.get("1:3"));

      assertThat(largest(whole.get("1:3").sub(part))).isLessThan(1e-4 * largest(whole));
    }
  }

  @Test
  final void onnxRuntimeGivesTheSameScores() throws Exception {
    try (SegmentationNetwork network = network(create())) {
      ExportedNetwork.disturbNorms(network.parameters().byName(), manager);
      ExportedGraph.Nodes nodes =
          (graph, images) ->
              graph.output(
                  "scores", network.export(graph, images), OnnxType.FLOAT, "N", "6", "h", "w");
      if (!writesOnnx()) {
        assertThatThrownBy(() -> new ExportedGraph(nodes))
            .isInstanceOf(OnnxException.class)
            .hasMessageContaining("writes no ONNX nodes");
        return;
      }
      try (ExportedGraph exported = new ExportedGraph(nodes)) {
        for (NDArray images : List.of(images(2, 64, 96), images(1, 97, 65))) {
          exported.assertSame(images, Map.of("scores", network.evaluate(images)));
        }
      }
    }
  }

  /** The same draws at each call. */
  private void learn(SegmentationNetwork network, NDArray images, Runnable beforeBackward) {
    Engine.getInstance().setRandomSeed(5);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray scores = network.learn(images);
      NDArray loss = scores.mul(Fixtures.noise(manager, scores.getShape(), 3)).sum();
      beforeBackward.run();
      collector.backward(loss);
    }
  }

  private SegmentationHead create() {
    return create(FeatureLevels.of(new Pyramid()), CLASSES);
  }

  private SegmentationNetwork network(SegmentationHead head) {
    return new SegmentationNetwork(manager, new Pyramid(), head, 7);
  }

  private NDArray images(int batch, int height, int width) {
    return Fixtures.noise(manager, new Shape(batch, 3, height, width), 11);
  }

  private static double largest(NDArray values) {
    return values.abs().max().getFloat();
  }

  private static List<String> gradients(SegmentationNetwork network) {
    return network.parameters().byName().values().stream()
        .filter(Parameter::requiresGradient)
        .map(parameter -> Arrays.toString(parameter.getArray().getGradient().toFloatArray()))
        .toList();
  }

  private static List<String> values(SegmentationNetwork network) {
    return network.parameters().byName().values().stream()
        .map(parameter -> Arrays.toString(parameter.getArray().toFloatArray()))
        .toList();
  }
}
