package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.List;

/** A function of each element by itself, without parameters. */
abstract class Activation extends AbstractBlock {

  /** An operation that gives a new array, and the same one in place. */
  record Ops(ScriptedOp fresh, ScriptedOp inPlace) {

    /**
     * @param function of the engine, such as {@code relu}
     * @param arguments after the array, such as {@code , 0., 6.}
     */
    static Ops of(String function, String arguments) {
      return new Ops(op(function, arguments), op(function + "_", arguments));
    }

    private static ScriptedOp op(String function, String arguments) {
      String body = "return torch.%s(x%s)".formatted(function, arguments);
      return ScriptedOp.differentiable(function, List.of("x"), body);
    }
  }

  private final Ops ops;

  Activation(Ops ops) {
    this.ops = ops;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(ops.fresh().apply(inputs.singletonOrThrow()));
  }

  /** Overwrites {@code x}, which nothing else may need; returns another handle of it. */
  NDArray forwardInPlace(NDArray x) {
    return ops.inPlace().apply(x);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
