package dev.wsss.backbones.head.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.Convolution;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of DeepLab-v2 on ResNet-101 (Chen et al. 2018, atrous spatial pyramid pooling): features
 * B×C×h×w → for each dilation a 3×3 convolution with bias to K+1 channels → their sum, scores
 * B×(K+1)×h×w.
 */
public final class DeepLabV2 implements SegmentationHead {
  private final Branches branches;

  @Inject
  public DeepLabV2(DeepLabV2Config config, ClassNames classes) {
    this.branches = new Branches(classes.count() + 1, config.dilations());
  }

  @Override
  public Block block() {
    return branches;
  }

  @Override
  public OnnxValue export(OnnxGraph graph, List<OnnxValue> features) {
    OnnxValue sum = branches.export(graph, 0, features.get(0));
    for (int i = 1; i < branches.all.size(); i++) {
      sum = graph.node("Add", List.of(sum, branches.export(graph, i, features.get(0))));
    }
    return sum;
  }

  private static final class Branches extends AbstractBlock {
    private final List<Convolution> all = new ArrayList<>();

    Branches(int scores, List<Integer> dilations) {
      for (int dilation : dilations) {
        Convolution branch =
            Convolution.square(3, scores, 1, dilation, Initialisation.FAN_IN_UNIFORM).biased();
        all.add(addChildBlock(name(all.size()), branch));
      }
    }

    private static String name(int branch) {
      return "branch" + branch;
    }

    OnnxValue export(OnnxGraph graph, int branch, OnnxValue features) {
      return graph.export(name(branch), all.get(branch), features);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray sum = all.get(0).forward(store, inputs, training).singletonOrThrow();
      for (Convolution branch : all.subList(1, all.size())) {
        try (NDArray next = branch.forward(store, inputs, training).singletonOrThrow()) {
          sum.addi(next);
        }
      }
      return new NDList(sum);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      all.forEach(branch -> branch.initialize(manager, dataType, inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return all.get(0).getOutputShapes(inputs);
    }
  }
}
