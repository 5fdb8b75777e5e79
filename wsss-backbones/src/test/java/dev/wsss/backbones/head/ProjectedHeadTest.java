package dev.wsss.backbones.head;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.CamHeadContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectedHeadTest extends CamHeadContract {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog"));

  @Override
  protected CamHead create(FeatureSpec features, ClassNames classes) {
    return new ProjectedHead(
        new ProjectedHeadConfig(32, Initialisation.FAN_IN_UNIFORM, Pooling.GAP, 5, 0.2, 0.07),
        classes,
        Kernels.TUNED);
  }

  @Test
  void itsParametersAreProjectionAndClassifier() {
    CamHead head = create(new FeatureSpec(3, 1), CLASSES);

    assertThat(ParameterNames.of(head.block()).keySet())
        .containsExactly("projection.weight", "classifier.weight");
  }

  @Test
  void logitsAreTheMeanOverTheGridAndTheOddsOfThePrior() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray maps = manager.create(new float[] {1, 2, 3, 6, -1, 0, 0, -1}, new Shape(1, 2, 2, 2));

      NDArray logits = create(new FeatureSpec(3, 1), CLASSES).pool(maps);

      float odds = (float) Math.log(0.07 / 0.93);
      assertThat(logits.toFloatArray()).containsExactly(3 + odds, -0.5f + odds);
    }
  }
}
