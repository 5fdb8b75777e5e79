package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.OwnLayers;
import java.util.Optional;

/**
 * A linear projection of each cell, B×D×h×w → B×P×h×w, without bias: a 1×1 convolution, written as
 * a product of matrices.
 */
final class Projection extends AbstractBlock {
  private final int channels;
  private final Parameter weight;

  /**
   * @param channels P
   */
  private Projection(int channels) {
    this.channels = channels;
    this.weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
  }

  /**
   * The layers of a module that compares on so many channels.
   *
   * @param channels P; 0 for none
   */
  static Optional<OwnLayers> layers(int channels) {
    return channels == 0 ? Optional.empty() : Optional.of(new OwnLayers(new Projection(channels)));
  }

  @Override
  protected void prepare(Shape[] inputs) {
    weight.setShape(new Shape(channels, inputs[0].get(1)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray features = inputs.singletonOrThrow();
    Shape shape = features.getShape();
    NDArray flat = features.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    NDArray projected = store.getValue(weight, features.getDevice(), training).matMul(flat);
    return new NDList(projected.reshape(shape.get(0), channels, shape.get(2), shape.get(3)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), channels, in.get(2), in.get(3))};
  }
}
