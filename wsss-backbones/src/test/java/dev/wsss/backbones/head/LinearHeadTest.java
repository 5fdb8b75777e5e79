package dev.wsss.backbones.head;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.testing.CamHeadContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinearHeadTest extends CamHeadContract {

  @Override
  protected CamHead create(FeatureSpec features, ClassNames classes) {
    return new LinearHead(
        new LinearHeadConfig(Initialisation.HE_NORMAL, Pooling.GAP, 5, 0.2, 0.5), classes);
  }

  @Test
  void mapsAreTheWeightedSumOfTheUnchangedFeatures() {
    try (NDManager manager = NDManager.newBaseManager()) {
      CamHead head = create(new FeatureSpec(2, 1), new ClassNames(List.of("cat")));
      Map<String, Parameter> parameters = ParameterNames.of(head.block());
      assertThat(parameters.keySet()).containsExactly("classifier.weight");
      parameters
          .get("classifier.weight")
          .setInitializer((m, shape, type) -> m.create(new float[] {2, -1}, shape));
      head.block().initialize(manager, DataType.FLOAT32, new Shape(1, 2, 1, 2));
      NDArray features = manager.create(new float[] {1, 3, 10, 20}, new Shape(1, 2, 1, 2));

      NDList output =
          head.block().forward(new ParameterStore(manager, false), new NDList(features), false);

      assertThat(output.get(0)).isSameAs(features);
      assertThat(output.get(1).toFloatArray()).containsExactly(2 * 1 - 10, 2 * 3 - 20);
      assertThat(head.pool(output.get(1)).toFloatArray()).containsExactly(-11);
    }
  }
}
