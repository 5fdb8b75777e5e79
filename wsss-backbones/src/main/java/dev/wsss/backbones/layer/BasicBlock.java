package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Two 3×3 convolutions and a shortcut (He et al. 2016, figure 2): {@code relu(bn2(conv2(relu(
 * bn1(conv1(x))))) + shortcut(x))}.
 *
 * <p>The shortcut is x itself, or {@code downsample}, a 1×1 convolution with batch norm, where
 * channels or stride change. Both 3×3 convolutions are dilated.
 */
public final class BasicBlock extends AbstractBlock {
  private final Chain residual;
  private final @Nullable Chain downsample;
  private final Relu relu = new Relu();

  public BasicBlock(int channels, int filters, int stride, int dilation, BatchNormMode mode) {
    Convolution conv1 = addChildBlock("conv1", Convolution.square(3, filters, stride, dilation));
    BatchNorm bn1 = addChildBlock("bn1", new BatchNorm(mode));
    Convolution conv2 = addChildBlock("conv2", Convolution.square(3, filters, 1, dilation));
    BatchNorm bn2 = addChildBlock("bn2", new BatchNorm(mode));
    residual = Chain.of(conv1, bn1, relu, conv2, bn2);
    downsample =
        stride == 1 && channels == filters
            ? null
            : addChildBlock(
                "downsample",
                Chain.of(Convolution.square(1, filters, stride, 1), new BatchNorm(mode)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray output = residual.forward(store, inputs, training).singletonOrThrow();
    if (downsample == null) {
      output.addi(input);
    } else {
      try (NDArray shortcut = downsample.forward(store, inputs, training).singletonOrThrow()) {
        output.addi(shortcut);
      }
    }
    try (output) {
      return new NDList(relu.forwardInPlace(output));
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    residual.initialize(manager, dataType, inputs);
    if (downsample != null) {
      downsample.initialize(manager, dataType, inputs);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return residual.getOutputShapes(inputs);
  }
}
