package dev.wsss.backbones.layer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code x·Wᵀ + b} over the last axis: …×I to …×O.
 *
 * <p>Parameters {@code weight}, O×I, and {@code bias}, O, where it has one.
 */
public final class Linear extends AbstractBlock implements OnnxBlock {
  private final int outputs;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * @param outputs O
   */
  public Linear(int outputs) {
    this(outputs, true);
  }

  /**
   * @param outputs O
   */
  public Linear(int outputs, boolean biased) {
    this.outputs = outputs;
    this.weight = add("weight", Parameter.Type.WEIGHT, Initialisation.TRUNCATED_NORMAL);
    this.bias = biased ? add("bias", Parameter.Type.BIAS, Initialisation.ZERO) : null;
  }

  private Parameter add(String name, Parameter.Type type, Initialisation initialisation) {
    return addParameter(
        Parameter.builder().setName(name).setType(type).optInitializer(initialisation).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    Device device = input.getDevice();
    NDArray w = store.getValue(weight, device, training);
    NDArray b = bias == null ? null : store.getValue(bias, device, training);
    return input.getNDArrayInternal().linear(input, w, b);
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    OnnxValue transposed =
        graph.node("Transpose", List.of(graph.parameter(weight)), OnnxAttribute.list("perm", 1, 0));
    OnnxValue product = graph.node("MatMul", List.of(input, transposed));
    return bias == null ? product : graph.node("Add", List.of(product, graph.parameter(bias)));
  }

  @Override
  protected void prepare(Shape[] inputs) {
    weight.setShape(new Shape(outputs, inputs[0].get(inputs[0].dimension() - 1)));
    if (bias != null) {
      bias.setShape(new Shape(outputs));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {in.slice(0, in.dimension() - 1).add(outputs)};
  }
}
