package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A backbone without parameters: every second, fourth and eighth pixel of the picture are its
 * levels, every sixteenth its output; 3 channels each.
 */
final class Pyramid implements Backbone {
  private static final int STRIDE = 16;
  private static final List<Integer> LEVELS = List.of(2, 4, 8);

  private final Block block = new EverySixteenth();

  @Override
  public Block block() {
    return block;
  }

  @Override
  public FeatureSpec output() {
    return new FeatureSpec(3, STRIDE);
  }

  @Override
  public boolean imagesAreIndependent() {
    return true;
  }

  @Override
  public InputSpec input() {
    return InputSpec.CENTRED;
  }

  @Override
  public List<FeatureSpec> levels() {
    return LEVELS.stream().map(stride -> new FeatureSpec(3, stride)).toList();
  }

  @Override
  public NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    NDList all = new NDList();
    LEVELS.forEach(stride -> all.add(every(stride, images)));
    all.add(every(STRIDE, images));
    return all;
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue images) {
    return every(STRIDE, graph, images);
  }

  @Override
  public List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    List<OnnxValue> all = new ArrayList<>();
    LEVELS.forEach(stride -> all.add(every(stride, graph, images)));
    all.add(every(STRIDE, graph, images));
    return all;
  }

  private static NDArray every(int stride, NDArray images) {
    return images.get(new NDIndex(":,:,::{},::{}", stride, stride));
  }

  private static OnnxValue every(int stride, OnnxGraph graph, OnnxValue images) {
    OnnxValue from = graph.integers(0, 0);
    OnnxValue to = graph.integers(Long.MAX_VALUE, Long.MAX_VALUE);
    return graph.node(
        "Slice", List.of(images, from, to, graph.integers(2, 3), graph.integers(stride, stride)));
  }

  private static final class EverySixteenth extends AbstractBlock {

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return new NDList(every(STRIDE, inputs.singletonOrThrow()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape in = inputs[0];
      return new Shape[] {new Shape(in.get(0), 3, cells(in.get(2)), cells(in.get(3)))};
    }

    private static long cells(long pixels) {
      return (pixels + STRIDE - 1) / STRIDE;
    }
  }
}
