package dev.wsss.backbones.layer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * Layer normalisation over the last axis (Ba et al. 2016): {@code (x − mean) / √(variance + ε) ·
 * weight + bias}, with the mean and the biased variance of each vector.
 *
 * <p>Parameters {@code weight} and {@code bias}, a number a channel.
 */
public final class LayerNorm extends AbstractBlock implements OnnxBlock {
  private final float epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * @param epsilon ε, which keeps a vector of equal numbers from dividing by zero
   */
  public LayerNorm(float epsilon) {
    this.epsilon = epsilon;
    this.weight = add("weight", Parameter.Type.GAMMA);
    this.bias = add("bias", Parameter.Type.BETA);
  }

  private Parameter add(String name, Parameter.Type type) {
    return addParameter(Parameter.builder().setName(name).setType(type).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    Device device = input.getDevice();
    return new NDList(
        input
            .getNDArrayInternal()
            .layerNorm(
                input,
                weight.getShape(),
                store.getValue(weight, device, training),
                store.getValue(bias, device, training),
                epsilon));
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return graph.node(
        "LayerNormalization",
        List.of(input, graph.parameter(weight), graph.parameter(bias)),
        OnnxAttribute.of("axis", -1),
        OnnxAttribute.of("epsilon", epsilon));
  }

  @Override
  protected void prepare(Shape[] inputs) {
    Shape channels = new Shape(inputs[0].get(inputs[0].dimension() - 1));
    weight.setShape(channels);
    bias.setShape(channels);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
