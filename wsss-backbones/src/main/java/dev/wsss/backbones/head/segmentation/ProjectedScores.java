package dev.wsss.backbones.head.segmentation;

import ai.djl.nn.Block;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.Relu;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The CAM head {@code projected} with one more class, background: features B×C×h×w → 1×1
 * convolution without bias, ReLU → 1×1 convolution with bias → scores B×(K+1)×h×w.
 *
 * <p>Its layers have the CAM head's names, so that a network which starts from the student has its
 * whole knowledge from the first step: a class's score is its map, that of background 0. It sees no
 * farther than a cell, and costs a tenth of {@link LargeFieldOfView}.
 */
public final class ProjectedScores implements SegmentationHead {
  private final Chain layers;

  @Inject
  public ProjectedScores(ProjectedScoresConfig config, ClassNames classes, Kernels kernels) {
    this.layers =
        new Chain(kernels)
            .then("projection", Convolution.pointwise(config.channels(), Initialisation.HE_NORMAL))
            .then("relu", new Relu())
            .then(
                "classifier",
                Convolution.pointwise(classes.count() + 1, Initialisation.FAN_IN_UNIFORM).biased());
  }

  @Override
  public Block block() {
    return layers;
  }

  @Override
  public OnnxValue export(OnnxGraph graph, List<OnnxValue> features) {
    return layers.export(graph, features.get(0));
  }
}
