package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.KernelSet;

/**
 * The first layer of a network: values and shape stay; in memory the channels of a pixel come to
 * lie side by side where kernels are tuned, and the layers behind keep it so. The CPU's
 * convolutions then need not rearrange what they read and write.
 */
public final class PreferredOrder extends AbstractBlock implements OnnxBlock {
  private final KernelSet kernels;

  public PreferredOrder(Kernels kernels) {
    this.kernels = KernelSet.of(kernels);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(kernels.inPreferredOrder(inputs.singletonOrThrow()));
  }

  /** Writes nothing: memory order is the runtime's business. */
  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return input;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
