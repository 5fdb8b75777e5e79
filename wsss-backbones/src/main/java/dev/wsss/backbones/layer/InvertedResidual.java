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
import dev.wsss.backbones.kernel.KernelSet;
import java.util.List;

/**
 * The block of MobileNetV2 (Sandler et al. 2018, table 1): 1×1 to {@code expansion} times the
 * channels, 3×3 on each channel, 1×1 to {@code filters}; batch norm after each and ReLU6 after the
 * first two. The input is added where stride is 1 and channels do not change. Without expansion (1)
 * the first 1×1 is left out.
 */
public final class InvertedResidual extends AbstractBlock implements OnnxBlock {
  private final Chain conv;
  private final boolean shortcut;
  private final KernelSet kernelSet;

  public InvertedResidual(
      int channels,
      int filters,
      int expansion,
      int stride,
      int dilation,
      BatchNormMode mode,
      Kernels kernels) {
    int hidden = channels * expansion;
    Chain spatial =
        Chain.of(
            kernels,
            Convolution.depthwise(hidden, stride, dilation),
            new BatchNorm(mode),
            new Relu6());
    Convolution project = Convolution.pointwise(filters);
    BatchNorm norm = new BatchNorm(mode);
    this.conv =
        addChildBlock(
            "conv",
            expansion == 1
                ? Chain.of(kernels, spatial, project, norm)
                : Chain.of(
                    kernels,
                    Chain.of(
                        kernels, Convolution.pointwise(hidden), new BatchNorm(mode), new Relu6()),
                    spatial,
                    project,
                    norm));
    this.kernelSet = KernelSet.of(kernels);
    this.shortcut = stride == 1 && channels == filters;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray output = conv.forward(store, inputs, training).singletonOrThrow();
    return new NDList(shortcut ? kernelSet.add(output, inputs.singletonOrThrow()) : output);
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    OnnxValue output = graph.export("conv", conv, input);
    return shortcut ? graph.node("Add", List.of(output, input)) : output;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    conv.initialize(manager, dataType, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return conv.getOutputShapes(inputs);
  }
}
