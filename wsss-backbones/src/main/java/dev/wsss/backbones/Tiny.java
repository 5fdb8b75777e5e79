package dev.wsss.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.BasicBlock;
import dev.wsss.backbones.layer.BatchNorm;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.PreferredOrder;
import dev.wsss.backbones.layer.Relu;
import jakarta.inject.Inject;
import java.util.List;

/**
 * A small residual network that learns from scratch on small drawn pictures.
 *
 * <p>At width w: 3×3 convolution to w channels at stride 2, a residual block to 2w at stride 4, one
 * with dilation 2, and a 1×1 convolution to 4w; each with batch norm and ReLU. One feature sees 47
 * pixels across. At width 16 a 64×64 picture costs 9.4 million multiplications and gives 64
 * channels on a 16×16 grid.
 */
public final class Tiny implements Backbone {
  private final Chain block;
  private final BatchNormMode batchNorm;
  private final FeatureSpec output;
  private final List<FeatureSpec> levels;
  private final InputSpec input;

  @Inject
  public Tiny(TinyConfig config, Kernels kernels) {
    this.batchNorm = config.batchNorm();
    int width = config.width();
    this.output = new FeatureSpec(4 * width, 4);
    this.levels = List.of(new FeatureSpec(width, 2), new FeatureSpec(2 * width, 4));
    this.input = config.input().spec();
    this.block =
        new Chain(kernels)
            .then("layout", new PreferredOrder(kernels))
            .then("conv1", Convolution.square(3, width, 2, 1))
            .then("bn1", new BatchNorm(batchNorm))
            .then("relu1", new Relu())
            .level()
            .then("layer1", new BasicBlock(width, 2 * width, 2, 1, batchNorm, kernels))
            .level()
            .then("layer2", new BasicBlock(2 * width, 2 * width, 1, 2, batchNorm, kernels))
            .then("conv2", Convolution.pointwise(4 * width))
            .then("bn2", new BatchNorm(batchNorm))
            .then("relu2", new Relu());
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public FeatureSpec output() {
    return output;
  }

  @Override
  public List<FeatureSpec> levels() {
    return levels;
  }

  @Override
  public NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    return block.forwardLevels(store, images, training);
  }

  @Override
  public List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    return block.exportLevels(graph, images);
  }

  @Override
  public boolean imagesAreIndependent() {
    return batchNorm != BatchNormMode.TRAINED;
  }

  @Override
  public boolean takesBfloat16() {
    return true;
  }

  @Override
  public InputSpec input() {
    return input;
  }
}
