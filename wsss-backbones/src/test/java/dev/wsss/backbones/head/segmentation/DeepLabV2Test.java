package dev.wsss.backbones.head.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.testing.SegmentationHeadContract;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepLabV2Test extends SegmentationHeadContract {

  @Override
  protected SegmentationHead create(FeatureLevels features, ClassNames classes) {
    return new DeepLabV2(new DeepLabV2Config(List.of(1, 6, 12)), classes);
  }

  /**
   * With weights of 1, one feature reaches its own cell once a branch and those a dilation away.
   */
  @Test
  void scoresAreTheSumOfTheBranches() {
    SegmentationHead head =
        new DeepLabV2(new DeepLabV2Config(List.of(1, 2)), new ClassNames(List.of("cat")));
    Block block = head.block();
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(1, 1, 1, 5);
      block.initialize(manager, DataType.FLOAT32, shape);
      ParameterNames.of(block)
          .forEach(
              (name, parameter) -> {
                float[] values = new float[(int) parameter.getArray().size()];
                Arrays.fill(values, name.endsWith("bias") ? 10 : 1);
                parameter.getArray().set(values);
              });
      NDArray features = manager.create(new float[] {0, 0, 1, 0, 0}, shape);

      NDArray scores =
          block
              .forward(new ParameterStore(manager, false), new NDList(features), false)
              .singletonOrThrow();

      // biases of both branches: 20
      assertThat(scores.get("0,0,0").toFloatArray()).containsExactly(21, 21, 22, 21, 21);
      assertThat(scores.get("0,1,0").toFloatArray()).containsExactly(21, 21, 22, 21, 21);
    }
  }

  @Test
  void dilationsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new DeepLabV2Config(List.of(6, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dilations are [6, 0]; allowed are one or more from 1 to 256");
    assertThatThrownBy(() -> new DeepLabV2Config(List.of()))
        .hasMessage("dilations are []; allowed are one or more from 1 to 256");
  }
}
