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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts images B×C×H×W into square patches without overlap and gives each D numbers:
 * B×D×⌈H/p⌉×⌈W/p⌉. A patch that reaches beyond the right or lower border sees zeros there, as
 * convolutions do.
 *
 * <p>The same as a convolution of kernel and stride p, but as a product of matrices. Parameters
 * {@code weight}, D×C×p×p, and {@code bias}, D, where it has one.
 */
public final class PatchEmbedding extends AbstractBlock implements OnnxBlock {
  private final int side;
  private final int channels;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * @param side p, pixels
   * @param channels D
   */
  public PatchEmbedding(int side, int channels, boolean biased) {
    this.side = side;
    this.channels = channels;
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
    NDArray images = inputs.singletonOrThrow();
    Shape shape = images.getShape();
    long batch = shape.get(0);
    long depth = shape.get(1);
    long rows = cells(shape.get(2));
    long columns = cells(shape.get(3));
    long numbers = depth * side * side;
    Device device = images.getDevice();
    NDArray w = store.getValue(weight, device, training);
    NDArray b = bias == null ? null : store.getValue(bias, device, training);
    NDArray whole = padded(images, rows * side, columns * side);
    try (NDArray split = whole.reshape(batch, depth, rows, side, columns, side);
        NDArray apart = split.transpose(0, 2, 4, 1, 3, 5);
        NDArray patches = apart.reshape(batch, rows * columns, numbers);
        NDArray flat = w.reshape(channels, numbers);
        NDArray embedded =
            patches.getNDArrayInternal().linear(patches, flat, b).singletonOrThrow();
        NDArray second = embedded.transpose(0, 2, 1)) {
      return new NDList(second.reshape(batch, channels, rows, columns));
    } finally {
      if (whole != images) {
        whole.close();
      }
    }
  }

  private long cells(long pixels) {
    return (pixels + side - 1) / side;
  }

  private static NDArray padded(NDArray images, long height, long width) {
    long below = height - images.getShape().get(2);
    long right = width - images.getShape().get(3);
    return below == 0 && right == 0 ? images : images.pad(new Shape(0, right, 0, below), 0);
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue images) {
    OnnxValue size =
        graph.node(
            "Slice",
            List.of(graph.node("Shape", List.of(images)), graph.integers(2), graph.integers(4)));
    // Mod has the sign of the divisor: what is missing to whole patches.
    OnnxValue missing =
        graph.node("Mod", List.of(graph.node("Neg", List.of(size)), graph.integers(side)));
    OnnxValue pads =
        graph.node(
            "Concat",
            List.of(graph.integers(0, 0, 0, 0, 0, 0), missing),
            OnnxAttribute.of("axis", 0));
    List<OnnxValue> inputs = new ArrayList<>();
    inputs.add(graph.node("Pad", List.of(images, pads)));
    inputs.add(graph.parameter(weight));
    if (bias != null) {
      inputs.add(graph.parameter(bias));
    }
    return graph.node(
        "Conv",
        inputs,
        OnnxAttribute.list("kernel_shape", side, side),
        OnnxAttribute.list("strides", side, side));
  }

  @Override
  protected void prepare(Shape[] inputs) {
    weight.setShape(new Shape(channels, inputs[0].get(1), side, side));
    if (bias != null) {
      bias.setShape(new Shape(channels));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), channels, cells(in.get(2)), cells(in.get(3)))};
  }
}
