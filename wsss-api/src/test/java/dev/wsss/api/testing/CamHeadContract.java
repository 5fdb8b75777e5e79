package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.onnx.OnnxException;
import dev.wsss.api.tensor.HiddenCaches;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link CamHead} promises. Extend it and give {@link #create}. */
public abstract class CamHeadContract {
  private static final ClassNames CLASSES =
      new ClassNames(List.of("cat", "dog", "bird", "boat", "train"));

  private NDManager manager;

  /** A new instance for features of a backbone and the classes of a data set. */
  protected abstract CamHead create(FeatureSpec features, ClassNames classes);

  /**
   * Whether the head can be exported to ONNX. Where it cannot, the error is checked that says what
   * is missing.
   */
  protected boolean writesOnnx() {
    return true;
  }

  /** Whether starting values follow from the seed; not so where {@link CamHead#pretrain} reads. */
  protected boolean drawsStartingValues() {
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
    CamHead head = create();

    assertThat(head.block()).isSameAs(head.block());
  }

  @ParameterizedTest
  @CsvSource({"1,6,6", "3,5,9", "2,1,1"})
  final void mapsHaveOneChannelAClassOnTheGridOfTheFeatures(int batch, int height, int width) {
    CamHead head = create();
    try (CamNetwork network = network(head)) {
      CamOutput output = network.learn(images(batch, height, width));

      assertThat(output.maps().getShape()).isEqualTo(new Shape(batch, 5, height, width));
      Shape features = output.features().getShape();
      assertThat(features).isEqualTo(new Shape(batch, features.get(1), height, width));
      assertThat(head.block().getOutputShapes(new Shape[] {new Shape(batch, 3, height, width)}))
          .containsExactly(features, output.maps().getShape());
      assertThat(network.logits(output.maps()).getShape()).isEqualTo(new Shape(batch, 5));
    }
  }

  @Test
  final void oneSeedGivesOneHeadByNameAndByValueAndAnotherSeedAnother() {
    try (CamNetwork one = network(create());
        CamNetwork two = network(create());
        CamNetwork other = new CamNetwork(manager, new Fixtures.NoBackbone(), create(), 8)) {
      assertThat(two.parameters().keySet()).containsExactlyElementsOf(one.parameters().keySet());
      assertThat(values(two)).isEqualTo(values(one));
      assertThat(values(other).equals(values(one))).isEqualTo(!drawsStartingValues());
    }
  }

  @Test
  final void evaluationLeavesOnlyItsOutputs() {
    try (CamNetwork network = network(create());
        NDManager pass = manager.newSubManager()) {
      NDArray images = images(2, 4, 4);
      images.attach(pass);

      CamOutput output = network.evaluate(images);
      NDArray logits = network.logits(output.maps());

      assertThat(pass.getManagedArrays())
          .isSubsetOf(images, output.features(), output.maps(), logits);
    }
  }

  @Test
  final void gradientsOfTheLogitsReachEveryUnfrozenParameter() {
    try (CamNetwork network = network(create())) {
      learn(network, () -> {});

      Map<String, Parameter> parameters = network.parameters();
      assertThat(parameters).isNotEmpty();
      parameters.forEach(
          (name, parameter) -> {
            if (parameter.requiresGradient()) {
              float size = parameter.getArray().getGradient().abs().sum().getFloat();
              assertThat(size).as("gradient of " + name).isFinite().isPositive();
            }
          });
    }
  }

  @Test
  final void gradientsOutliveGarbageCollection() {
    try (CamNetwork network = network(create());
        CamNetwork disturbed = network(create())) {
      learn(network, () -> {});
      learn(disturbed, ReusedMemory::force);

      assertThat(Fixtures.gradients(disturbed)).isEqualTo(Fixtures.gradients(network));
    }
  }

  @Test
  final void onnxRuntimeGivesTheSameMapsAndLogits() throws Exception {
    try (CamNetwork network = network(create())) {
      ExportedNetwork.disturbNorms(network.parameters(), manager);
      if (!writesOnnx()) {
        assertThatThrownBy(() -> new ExportedNetwork(network))
            .isInstanceOf(OnnxException.class)
            .hasMessageContaining("writes no ONNX nodes");
        return;
      }
      try (ExportedNetwork exported = new ExportedNetwork(network)) {
        exported.assertSameAsTheNetwork(images(2, 6, 8));
        exported.assertSameAsTheNetwork(images(1, 9, 5));
      }
    }
  }

  private void learn(CamNetwork network, Runnable beforeBackward) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = network.logits(network.learn(images(2, 6, 6)).maps());
      NDArray loss = logits.mul(Fixtures.noise(manager, logits.getShape(), 3)).sum();
      beforeBackward.run();
      collector.backward(loss);
    }
  }

  private CamHead create() {
    return create(new Fixtures.NoBackbone().output(), CLASSES);
  }

  private CamNetwork network(CamHead head) {
    return new CamNetwork(manager, new Fixtures.NoBackbone(), head, 7);
  }

  private NDArray images(int batch, int height, int width) {
    return Fixtures.noise(manager, new Shape(batch, 3, height, width), 11);
  }

  private static List<String> values(CamNetwork network) {
    return network.parameters().values().stream()
        .map(parameter -> Arrays.toString(parameter.getArray().toFloatArray()))
        .toList();
  }
}
