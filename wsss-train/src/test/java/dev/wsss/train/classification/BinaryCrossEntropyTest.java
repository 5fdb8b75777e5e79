package dev.wsss.train.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.testing.Golden;
import dev.wsss.api.testing.ReusedMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCrossEntropyTest {
  private static final BinaryCrossEntropy LOSS = new BinaryCrossEntropy();
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rcm-mam-small.safetensors", "/rcm-mam-four-scales.safetensors"})
  void meetsTheGoldenValue(String file) {
    Golden golden = Golden.read(manager, file);
    Batch batch = golden.batch();
    NDArray maps = golden.array("student.cam.1.0");
    NDArray logits = maps.mean(new int[] {3}).mean(new int[] {2});

    NDArray whole = LOSS.loss(logits, batch.whole());

    golden.assertClose(whole.reshape(1), "classification.loss", 1e-5);
    float first = partOf(logits, batch, 0, 1).getFloat();
    float rest = partOf(logits, batch, 1, batch.size()).getFloat();
    assertThat((double) first + rest).isCloseTo(whole.getFloat(), within(1e-6));
  }

  private static NDArray partOf(NDArray logits, Batch batch, int from, int to) {
    BatchPart part = new BatchPart(batch, from, to);
    return LOSS.loss(part.of(logits), part);
  }

  /** One image, two classes, the first present: (softplus(0) − 0 + softplus(2)) / 2. */
  @Test
  void isTheMeanOverImagesAndClassesWithTheGradientOfTheSigmoid() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 2, 4, 4);
    NDArray logits = manager.create(new float[] {0, 2}, new Shape(1, 2));
    logits.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = LOSS.loss(logits, batch.whole());
      assertThat((double) loss.getFloat())
          .isCloseTo((Math.log(2) + Math.log1p(Math.exp(2))) / 2, within(1e-6));
      ReusedMemory.force();
      collector.backward(loss);
    }
    float[] gradient = logits.getGradient().toFloatArray();
    assertThat((double) gradient[0]).isCloseTo((0.5 - 1) / 2, within(1e-6));
    assertThat((double) gradient[1]).isCloseTo(1 / (1 + Math.exp(-2)) / 2, within(1e-6));
  }
}
