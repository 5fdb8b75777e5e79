package dev.wsss.train.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.Kernels;
import dev.wsss.eval.refine.walk.Neighbours;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.plugin.ModuleConstructor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffinityNetworkTest {
  private NDManager root;

  @BeforeEach
  void open() {
    root = Engine.getEngine("PyTorch").newBaseManager();
  }

  @AfterEach
  void close() {
    root.close();
  }

  /** Levels at strides 2 and 4, output at 4. */
  private AffinityNetwork tiny(List<Integer> channels, int stride) {
    Backbone backbone =
        new ModuleConstructor<>("backbone", SmallRuns.config().network().backbone())
            .makeWith(List.of(Kernels.TUNED));
    return new AffinityNetwork(root, backbone, channels, stride, Neighbours.within(5), 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 32, 24", "2, 32, 24", "3, 32, 24", "4, 16, 12", "8, 16, 12"})
  void theGridIsThatOfTheCoarsestFeatureThatIsNotCoarser(int stride, int width, int height) {
    try (AffinityNetwork network = tiny(List.of(4, 8, 16), stride)) {
      NDArray features = network.evaluate(root.zeros(new Shape(2, 3, 48, 64)));
      assertThat(features.getShape()).isEqualTo(new Shape(2, 28, height, width));
      assertThat(features.toFloatArray()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void theLastFeaturesAreTaken() {
    try (AffinityNetwork two = tiny(List.of(8, 16), 8);
        AffinityNetwork more = tiny(List.of(2, 4, 8, 16), 8)) {
      assertThat(two.evaluate(root.zeros(new Shape(1, 3, 32, 32))).getShape().get(1)).isEqualTo(24);
      assertThat(more.evaluate(root.zeros(new Shape(1, 3, 32, 32))).getShape().get(1))
          .isEqualTo(28);
      assertThat(more.parameters().keySet())
          .contains("head.level1.weight", "head.level3.weight", "head.mix.weight")
          .doesNotContain("head.level4.weight");
    }
  }
}
