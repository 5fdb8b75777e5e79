package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.KernelSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A residual block that normalises first (He et al. 2016, "Identity Mappings in Deep Residual
 * Networks"): with {@code a = relu(bn_branch2a(x))}, the rectified input, {@code y = residual(a) +
 * shortcut}. The shortcut is x itself, or {@code conv_branch1(a)}, a 1×1 convolution, where
 * channels or stride change. No activation follows: the next block's does.
 *
 * <p>Children are named as in the common PyTorch definition of ResNet-38: {@code bn_branch2a},
 * {@code conv_branch2a}, {@code bn_branch2b1}, {@code conv_branch2b1}, in a bottleneck {@code
 * bn_branch2b2} and {@code conv_branch2b2}, and {@code conv_branch1}.
 */
public final class PreActivation extends AbstractBlock implements OnnxBlock {
  private static final String SHORTCUT = "conv_branch1";

  private final Chain rectified;
  private final Chain residual;
  private final KernelSet kernelSet;
  private @Nullable Convolution shortcut;

  private PreActivation(BatchNormMode mode, Kernels kernels) {
    this.kernelSet = KernelSet.of(kernels);
    this.residual = new Chain(kernels);
    this.rectified =
        new Chain(kernels)
            .then("bn_branch2a", named("bn_branch2a", new BatchNorm(mode)))
            .then("relu", new Relu());
  }

  /**
   * Two 3×3 convolutions, to {@code middle} and {@code filters} channels.
   *
   * @param firstDilation of the first convolution, which has the stride
   * @param dilation of the second
   */
  public static PreActivation basic(
      int channels,
      int middle,
      int filters,
      int stride,
      int firstDilation,
      int dilation,
      BatchNormMode mode,
      Kernels kernels) {
    PreActivation block = new PreActivation(mode, kernels);
    block.convolve("2a", Convolution.square(3, middle, stride, firstDilation));
    block.normalise("2b1", mode);
    block.convolve("2b1", Convolution.square(3, filters, 1, dilation));
    if (stride > 1 || channels != filters) {
      block.shortcut = block.named(SHORTCUT, Convolution.square(1, filters, stride, 1));
    }
    return block;
  }

  /**
   * 1×1 to a quarter of {@code filters}, 3×3 to a half and 1×1 to all, with dropout of channels
   * before the last two; the shortcut is a convolution.
   *
   * @param dilation of the 3×3 convolution
   * @param dropout probability, see {@link ChannelDropout}
   */
  public static PreActivation bottleneck(
      int filters, int dilation, double dropout, BatchNormMode mode, Kernels kernels) {
    PreActivation block = new PreActivation(mode, kernels);
    block.convolve("2a", Convolution.pointwise(filters / 4));
    block.normalise("2b1", mode);
    block.residual.then("dropout_2b1", new ChannelDropout(dropout));
    block.convolve("2b1", Convolution.square(3, filters / 2, 1, dilation));
    block.normalise("2b2", mode);
    block.residual.then("dropout_2b2", new ChannelDropout(dropout));
    block.convolve("2b2", Convolution.pointwise(filters));
    block.shortcut = block.named(SHORTCUT, Convolution.pointwise(filters));
    return block;
  }

  private void convolve(String branch, Convolution convolution) {
    String name = "conv_branch" + branch;
    residual.then(name, named(name, convolution));
  }

  private void normalise(String branch, BatchNormMode mode) {
    String name = "bn_branch" + branch;
    residual.then(name, named(name, new BatchNorm(mode))).then("relu_" + branch, new Relu());
  }

  private <B extends Block> B named(String name, B child) {
    return addChildBlock(name, child);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList both = forwardBoth(store, inputs.singletonOrThrow(), training);
    both.get(0).close();
    return new NDList(both.get(1));
  }

  /** A pass that gives the rectified input a and then the output y; the caller closes both. */
  public NDList forwardBoth(ParameterStore store, NDArray input, boolean training) {
    NDArray a = rectified.forward(store, new NDList(input), training).singletonOrThrow();
    NDArray output = residual.forward(store, new NDList(a), training).singletonOrThrow();
    return new NDList(a, addShortcut(output, input, a, store, training));
  }

  private NDArray addShortcut(
      NDArray output, NDArray input, NDArray a, ParameterStore store, boolean training) {
    if (shortcut == null) {
      return kernelSet.add(output, input);
    }
    try (NDArray projected = shortcut.forwardAlone(kernelSet, store, a, training)) {
      return kernelSet.add(output, projected);
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return exportBoth(graph, input).get(1);
  }

  /** {@link #forwardBoth} as ONNX nodes. */
  public List<OnnxValue> exportBoth(OnnxGraph graph, OnnxValue input) {
    OnnxValue a = rectified.export(graph, input);
    OnnxValue output = residual.export(graph, a);
    OnnxValue beside = shortcut == null ? input : graph.export(SHORTCUT, shortcut, a);
    return List.of(a, graph.node("Add", List.of(output, beside)));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    rectified.initialize(manager, dataType, inputs);
    residual.initialize(manager, dataType, inputs);
    if (shortcut != null) {
      shortcut.initialize(manager, dataType, inputs);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return residual.getOutputShapes(inputs);
  }
}
