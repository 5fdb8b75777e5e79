package dev.wsss.train.affinity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.tensor.Bilinear;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of an affinity network above its backbone (Ahn and Kwak 2018, section 3.2): each of n
 * features B×C_i×h_i×w_i goes through a 1×1 convolution without bias to F_i channels and an ELU, is
 * resized to one grid, and the F = Σ F_i channels are mixed by a 1×1 convolution and an ELU:
 * B×F×h×w.
 *
 * <p>Parameters {@code level1.weight} … F_i×C_i and {@code mix.weight}, F×F.
 */
final class AffinityHead extends AbstractBlock {
  private static final float ELU_SCALE = 1;

  private final List<Integer> channels;
  private final int gridOf;
  private final List<Parameter> levels = new ArrayList<>();
  private final Parameter mix;

  /**
   * @param channels F_i of each feature, finest first
   * @param gridOf which feature's grid is the output's, from 0
   */
  AffinityHead(List<Integer> channels, int gridOf) {
    this.channels = List.copyOf(channels);
    this.gridOf = gridOf;
    for (int i = 1; i <= channels.size(); i++) {
      levels.add(weight("level" + i + ".weight"));
    }
    this.mix = weight("mix.weight");
  }

  private Parameter weight(String name) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optInitializer(Initialisation.HE_NORMAL)
            .build());
  }

  private int outputs() {
    return channels.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    Shape grid = inputs.get(gridOf).getShape();
    int height = (int) grid.get(2);
    int width = (int) grid.get(3);
    NDList resized = new NDList();
    for (int i = 0; i < levels.size(); i++) {
      NDArray narrow = pointwise(levels.get(i), inputs.get(i), store, training);
      resized.add(Bilinear.resize(narrow, height, width));
    }
    NDArray all = resized.size() == 1 ? resized.head() : joined(resized);
    return new NDList(pointwise(mix, all, store, training));
  }

  private static NDArray joined(NDList maps) {
    return maps.head().getNDArrayInternal().concat(new NDList(maps.subList(1, maps.size())), 1);
  }

  /** A product of matrices: the engine's own convolution is not called outside wsss-backbones. */
  private static NDArray pointwise(
      Parameter weight, NDArray x, ParameterStore store, boolean training) {
    Shape shape = x.getShape();
    NDArray w = store.getValue(weight, x.getDevice(), training);
    NDArray flat = x.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    NDArray mixed = w.matMul(flat).reshape(shape.get(0), -1, shape.get(2), shape.get(3));
    return mixed.getNDArrayInternal().elu(ELU_SCALE);
  }

  @Override
  protected void prepare(Shape[] inputs) {
    for (int i = 0; i < levels.size(); i++) {
      levels.get(i).setShape(new Shape(channels.get(i), inputs[i].get(1)));
    }
    mix.setShape(new Shape(outputs(), outputs()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape grid = inputs[gridOf];
    return new Shape[] {new Shape(grid.get(0), outputs(), grid.get(2), grid.get(3))};
  }
}
