package dev.wsss.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.BatchNorm;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.PreActivation;
import dev.wsss.backbones.layer.PreferredOrder;
import dev.wsss.backbones.layer.Relu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of {@link ResNet38}: {@code conv1a}, 3×3 without stride, to w channels; stages of 3,
 * 3, 6 and 3 basic blocks with 2w, 4w, 8w and 16w channels ({@code b2}, {@code b2_1}, {@code b2_2},
 * {@code b3}, …), the first of each of the first three with stride 2; bottlenecks to 32w and 64w
 * channels ({@code b6}, {@code b7}); {@code bn7} and a ReLU. w is 64 in the paper.
 *
 * <p>Output stride 32 becomes 8 by stride 1 in {@code b5} and {@code b6}: what follows the stride
 * in {@code b5} is dilated by 2, the 3×3 convolutions of the bottlenecks by 4. The blocks of the
 * fourth stage have half of its channels between their two convolutions.
 */
final class PreActivationStages extends AbstractBlock implements OnnxBlock {
  /** The blocks whose rectified input is a level: the first of all stages but the first two. */
  private static final Set<String> LEVELS = Set.of("b3", "b4", "b5", "b6");

  private final Chain stem;
  private final Map<String, PreActivation> blocks = new LinkedHashMap<>();
  private final Chain last;

  /**
   * @param width w
   * @param dropout probabilities of the two bottlenecks
   */
  PreActivationStages(int width, List<Double> dropout, PretrainedStages stages, Kernels kernels) {
    stem =
        new Chain(kernels)
            .then("layout", new PreferredOrder(kernels))
            .then(
                "conv1a",
                addChildBlock("conv1a", stages.of(1, Convolution.square(3, width, 1, 1))));
    Basic basic = new Basic(stages, kernels);
    basic.stage(1, width, 2 * width, 2 * width, 3);
    basic.stage(2, 2 * width, 4 * width, 4 * width, 3);
    basic.stage(3, 4 * width, 8 * width, 8 * width, 6);
    basic.stage(4, 8 * width, 8 * width, 16 * width, 3);
    for (int stage : List.of(5, 6)) {
      add(
          "b" + (stage + 1),
          stages.of(
              stage,
              PreActivation.bottleneck(
                  width << stage, 4, dropout.get(stage - 5), stages.mode(stage), kernels)));
    }
    last =
        new Chain(kernels)
            .then("bn7", addChildBlock("bn7", new BatchNorm(stages.batchNorm())))
            .then("relu", new Relu());
  }

  private void add(String name, PreActivation block) {
    blocks.put(name, addChildBlock(name, block));
  }

  /** Adds the stages of basic blocks; the fourth is dilated in place of its stride. */
  private final class Basic {
    private final PretrainedStages stages;
    private final Kernels kernels;

    Basic(PretrainedStages stages, Kernels kernels) {
      this.stages = stages;
      this.kernels = kernels;
    }

    void stage(int stage, int channels, int middle, int filters, int count) {
      boolean strides = stage < 4;
      int dilation = strides ? 1 : 2;
      for (int i = 0; i < count; i++) {
        boolean first = i == 0;
        PreActivation block =
            PreActivation.basic(
                first ? channels : filters,
                middle,
                filters,
                first && strides ? 2 : 1,
                first ? 1 : dilation,
                dilation,
                stages.mode(stage),
                kernels);
        add("b" + (stage + 1) + (first ? "" : "_" + i), stages.of(stage, block));
      }
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(run(inputs.singletonOrThrow(), Set.of(), new NDList(), store, training));
  }

  /** A pass that gives each level and then the output. */
  NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    NDList kept = new NDList();
    kept.add(run(images, LEVELS, kept, store, training));
    return kept;
  }

  /**
   * @param levels blocks whose rectified input is kept
   */
  private NDArray run(
      NDArray images, Set<String> levels, NDList kept, ParameterStore store, boolean training) {
    NDArray current = stem.forward(store, new NDList(images), training).singletonOrThrow();
    for (Map.Entry<String, PreActivation> block : blocks.entrySet()) {
      NDList both = block.getValue().forwardBoth(store, current, training);
      current.close();
      if (levels.contains(block.getKey())) {
        kept.add(both.get(0));
      } else {
        both.get(0).close();
      }
      current = both.get(1);
    }
    NDArray output = last.forward(store, new NDList(current), training).singletonOrThrow();
    current.close();
    return output;
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue images) {
    List<OnnxValue> all = exportLevels(graph, images);
    return all.get(all.size() - 1);
  }

  /** {@link #forwardLevels} as ONNX nodes. */
  List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    List<OnnxValue> all = new ArrayList<>();
    OnnxValue current = stem.export(graph, images);
    for (Map.Entry<String, PreActivation> block : blocks.entrySet()) {
      List<OnnxValue> both = block.getValue().exportBoth(graph.in(block.getKey()), current);
      if (LEVELS.contains(block.getKey())) {
        all.add(both.get(0));
      }
      current = both.get(1);
    }
    all.add(last.export(graph, current));
    return all;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    stem.initialize(manager, dataType, inputs);
    Shape[] shapes = stem.getOutputShapes(inputs);
    for (PreActivation block : blocks.values()) {
      block.initialize(manager, dataType, shapes);
      shapes = block.getOutputShapes(shapes);
    }
    last.initialize(manager, dataType, shapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] shapes = stem.getOutputShapes(inputs);
    for (PreActivation block : blocks.values()) {
      shapes = block.getOutputShapes(shapes);
    }
    return shapes;
  }
}
