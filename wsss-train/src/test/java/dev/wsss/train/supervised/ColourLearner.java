package dev.wsss.train.supervised;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.network.InputSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/** Tells background from a class by the pixel's colour alone: three weights and a shift. */
final class ColourLearner implements MaskLearner {
  private final NDManager manager;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final float noise;

  /**
   * @param noise of the engine's generator on each pixel, as dropout would draw it
   */
  ColourLearner(NDManager root, float noise) {
    this.manager = root.newSubManager();
    this.noise = noise;
    add("head.weight", Parameter.Type.WEIGHT, new Shape(3, 1));
    add("head.bias", Parameter.Type.BIAS, new Shape(1));
  }

  private void add(String name, Parameter.Type type, Shape shape) {
    Parameter parameter = Parameter.builder().setName(name).setType(type).build();
    parameter.setShape(shape);
    parameter.setInitializer(Initializer.ZEROS);
    parameter.initialize(manager, DataType.FLOAT32);
    parameters.put(name, parameter);
  }

  @Override
  public InputSpec input() {
    return InputSpec.CENTRED;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Mean binary cross-entropy over the counted pixels. */
  @Override
  public NDArray loss(NDArray images, NDArray labels, ObjDoubleConsumer<String> log) {
    NDArray pixels = images.transpose(0, 2, 3, 1).reshape(-1, 3);
    if (noise > 0) {
      pixels = pixels.add(images.getManager().randomUniform(0, noise, pixels.getShape()));
    }
    NDArray logits = pixels.matMul(array("head.weight")).add(array("head.bias")).reshape(-1);
    NDArray flat = labels.reshape(-1);
    NDArray counted = flat.neq(IndexMask.IGNORE).toType(DataType.FLOAT32, false);
    NDArray is = flat.eq(1).toType(DataType.FLOAT32, false);
    NDArray losses = logits.exp().add(logits.onesLike()).log().sub(logits.mul(is));
    return losses.mul(counted).sum().div(counted.sum());
  }

  NDArray array(String name) {
    return parameters.get(name).getArray();
  }

  /** All values, bit by bit. */
  float[] values() {
    float[] weight = array("head.weight").toFloatArray();
    return new float[] {weight[0], weight[1], weight[2], array("head.bias").toFloatArray()[0]};
  }

  @Override
  public void close() {
    manager.close();
  }
}
