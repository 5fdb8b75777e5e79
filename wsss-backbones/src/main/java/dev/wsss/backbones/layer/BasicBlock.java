package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.Elementwise;
import dev.wsss.backbones.kernel.KernelSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two 3×3 convolutions and a shortcut (He et al. 2016, figure 2): {@code relu(bn2(conv2(relu(
 * bn1(conv1(x))))) + shortcut(x))}.
 *
 * <p>The shortcut is x itself, or {@code downsample}, a 1×1 convolution with batch norm, where
 * channels or stride change. Both 3×3 convolutions are dilated.
 */
public final class BasicBlock extends AbstractBlock implements OnnxBlock {
  private final Chain residual;
  private final @Nullable Chain downsample;
  private final KernelSet kernelSet;

  public BasicBlock(
      int channels, int filters, int stride, int dilation, BatchNormMode mode, Kernels kernels) {
    Convolution conv1 = addChildBlock("conv1", Convolution.square(3, filters, stride, dilation));
    BatchNorm bn1 = addChildBlock("bn1", new BatchNorm(mode));
    Convolution conv2 = addChildBlock("conv2", Convolution.square(3, filters, 1, dilation));
    BatchNorm bn2 = addChildBlock("bn2", new BatchNorm(mode));
    residual =
        new Chain(kernels)
            .then("conv1", conv1)
            .then("bn1", bn1)
            .then("relu", new Relu())
            .then("conv2", conv2)
            .then("bn2", bn2);
    kernelSet = KernelSet.of(kernels);
    downsample =
        stride == 1 && channels == filters
            ? null
            : addChildBlock(
                "downsample",
                Chain.of(kernels, Convolution.square(1, filters, stride, 1), new BatchNorm(mode)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray output = residual.forward(store, inputs, training).singletonOrThrow();
    return new NDList(
        kernelSet.activate(Elementwise.RELU, addShortcut(output, inputs, store, training)));
  }

  private NDArray addShortcut(
      NDArray output, NDList inputs, ParameterStore store, boolean training) {
    if (downsample == null) {
      return kernelSet.add(output, inputs.singletonOrThrow());
    }
    try (NDArray shortcut = downsample.forward(store, inputs, training).singletonOrThrow()) {
      return kernelSet.add(output, shortcut);
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    OnnxValue output = residual.export(graph, input);
    OnnxValue shortcut = downsample == null ? input : graph.export("downsample", downsample, input);
    return graph.node("Relu", List.of(graph.node("Add", List.of(output, shortcut))));
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
