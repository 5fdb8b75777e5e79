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
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.Elementwise;
import dev.wsss.backbones.kernel.KernelSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers and a shortcut around them (He et al. 2016): {@code relu(layers(x) + shortcut(x))}.
 *
 * <p>The shortcut is x itself, or {@code downsample}, a 1×1 convolution with batch norm, where
 * channels or stride change.
 */
abstract class ResidualBlock extends AbstractBlock implements OnnxBlock {
  private final Chain residual;
  private final @Nullable Chain downsample;
  private final KernelSet kernelSet;

  /**
   * @param residual whose layers become this block's own, by their names
   * @param outputs channels of the residual's output
   * @param stride of the residual
   */
  ResidualBlock(
      Chain residual, int channels, int outputs, int stride, BatchNormMode mode, Kernels kernels) {
    this.residual = residual;
    this.kernelSet = KernelSet.of(kernels);
    List<String> names = ParameterNames.ofChildren(residual);
    for (int i = 0; i < names.size(); i++) {
      addChildBlock(names.get(i), residual.getChildren().valueAt(i));
    }
    this.downsample =
        stride == 1 && channels == outputs
            ? null
            : addChildBlock(
                "downsample",
                Chain.of(kernels, Convolution.square(1, outputs, stride, 1), new BatchNorm(mode)));
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
