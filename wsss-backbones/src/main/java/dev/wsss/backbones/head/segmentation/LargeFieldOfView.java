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
import dev.wsss.backbones.layer.Dropout;
import dev.wsss.backbones.layer.Relu;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The head of DeepLab-LargeFOV (Chen et al. 2015): features B×C×h×w → twice 3×3 convolution with
 * dilation 12, ReLU and dropout → 1×1 convolution → scores B×(K+1)×h×w. All have a bias.
 *
 * <p>In the paper, whose features come from VGG-16, the second convolution is 1×1; 3×3 twice is
 * what weakly supervised networks on ResNet38 use.
 */
public final class LargeFieldOfView implements SegmentationHead {
  private final Chain layers;

  @Inject
  public LargeFieldOfView(LargeFieldOfViewConfig config, ClassNames classes, Kernels kernels) {
    this.layers =
        new Chain(kernels)
            .then("conv1", wide(config))
            .then("relu1", new Relu())
            .then("dropout1", new Dropout(config.dropout()))
            .then("conv2", wide(config))
            .then("relu2", new Relu())
            .then("dropout2", new Dropout(config.dropout()))
            .then(
                "classifier",
                Convolution.pointwise(classes.count() + 1, Initialisation.FAN_IN_UNIFORM).biased());
  }

  private static Convolution wide(LargeFieldOfViewConfig config) {
    return Convolution.square(3, config.channels(), 1, config.dilation()).biased();
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
