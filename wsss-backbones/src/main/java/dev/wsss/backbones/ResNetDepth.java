package dev.wsss.backbones;

import ai.djl.nn.Block;
import dev.wsss.api.network.Kernels;
import dev.wsss.backbones.layer.BasicBlock;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Bottleneck;
import java.util.List;

/**
 * How deep a residual network is (He et al. 2016, table 1).
 *
 * @param name as in configurations
 * @param kind of all blocks
 * @param blocks of each of the four stages
 */
record ResNetDepth(String name, Kind kind, List<Integer> blocks) {
  static final ResNetDepth RESNET18 = new ResNetDepth("resnet18", Kind.BASIC, List.of(2, 2, 2, 2));
  static final ResNetDepth RESNET34 = new ResNetDepth("resnet34", Kind.BASIC, List.of(3, 4, 6, 3));
  static final ResNetDepth RESNET50 =
      new ResNetDepth("resnet50", Kind.BOTTLENECK, List.of(3, 4, 6, 3));
  static final ResNetDepth RESNET101 =
      new ResNetDepth("resnet101", Kind.BOTTLENECK, List.of(3, 4, 23, 3));

  /** Channels after a stage, from 1. */
  int channels(int stage) {
    return filters(stage) * (kind == Kind.BASIC ? 1 : Bottleneck.EXPANSION);
  }

  private static int filters(int stage) {
    return 32 << stage;
  }

  /** A block of a stage, from 1. */
  Block block(
      int stage, int channels, int stride, int dilation, BatchNormMode mode, Kernels kernels) {
    return switch (kind) {
      case BASIC -> new BasicBlock(channels, filters(stage), stride, dilation, mode, kernels);
      case BOTTLENECK -> new Bottleneck(channels, filters(stage), stride, dilation, mode, kernels);
    };
  }

  /** What a residual network is made of. */
  enum Kind {
    BASIC,
    BOTTLENECK
  }
}
