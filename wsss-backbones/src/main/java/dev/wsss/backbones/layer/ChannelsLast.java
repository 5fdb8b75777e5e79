package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.List;

/**
 * Values and shape stay; in memory the channels of a pixel come to lie side by side, and the layers
 * behind keep it so. The CPU's convolutions then need not rearrange what they read and write.
 */
public final class ChannelsLast extends AbstractBlock {
  private static final ScriptedOp OP =
      ScriptedOp.differentiable(
          "channels-last", List.of("x"), "return torch.contiguous(x, memory_format=2)");

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(OP.apply(inputs.singletonOrThrow()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
