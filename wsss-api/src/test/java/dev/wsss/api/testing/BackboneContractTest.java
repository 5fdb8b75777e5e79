package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.ParameterNames;
import org.junit.jupiter.api.Test;

/** A backbone of DJL's own blocks, without padding, keeps the contract. */
class BackboneContractTest extends BackboneContract {

  @Override
  protected Backbone create() {
    return new Unpadded();
  }

  @Override
  protected boolean writesOnnx() {
    return false; // DJL's blocks write none
  }

  @Test
  void childrenOfOneNameKeepTheNumbersOfTheirPlace() {
    assertThat(ParameterNames.of(create().block()).keySet())
        .containsExactly(
            "01Conv2d.weight",
            "01Conv2d.bias",
            "02BatchNorm.gamma",
            "02BatchNorm.beta",
            "02BatchNorm.runningMean",
            "02BatchNorm.runningVar",
            "04Conv2d.weight",
            "04Conv2d.bias");
  }

  @Test
  void childrenOfDifferentNamesNeedNoNumbers() {
    Block block = new SequentialBlock().add(convolution(2)).add(BatchNorm.builder().build());

    assertThat(ParameterNames.of(block).keySet())
        .containsExactly(
            "Conv2d.weight",
            "Conv2d.bias",
            "BatchNorm.gamma",
            "BatchNorm.beta",
            "BatchNorm.runningMean",
            "BatchNorm.runningVar");
  }

  @Test
  void theShortestSideIsWhatTheFirstCellNeeds() {
    try (NDManager manager = NDManager.newBaseManager();
        CamNetwork network = new CamNetwork(manager, create(), new Fixtures.NoHead(), 1)) {
      assertThat(network.strideInPixels()).isEqualTo(4);
      assertThat(network.shortestSide()).isEqualTo(7);
    }
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .setFilters(filters)
        .optStride(new Shape(2, 2))
        .build();
  }

  private static final class Unpadded implements Backbone {
    private final Block block =
        new SequentialBlock()
            .add(convolution(6))
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(convolution(5));

    @Override
    public Block block() {
      return block;
    }

    @Override
    public FeatureSpec output() {
      return new FeatureSpec(5, 4);
    }

    @Override
    public int gridCells(int pixels) {
      int half = Math.floorDiv(pixels - 3, 2) + 1;
      return Math.max(0, Math.floorDiv(half - 3, 2) + 1);
    }

    @Override
    public InputSpec input() {
      return InputSpec.CENTRED;
    }
  }
}
