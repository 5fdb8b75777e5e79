package dev.wsss.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.AttentionSpec;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.backbones.weights.Architecture;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A vision transformer with patches of 16 pixels (Dosovitskiy et al. 2021; sizes small and base as
 * in DeiT, Touvron et al. 2021) without its classifier, with the parameter names of DeiT and timm.
 * The tokens of the patches after the last normalisation are the features; the class token is
 * dropped.
 *
 * <p>Any picture will do: one whose sides are no multiple of 16 continues with zeros to the right
 * and below, as a convolution's padding does, and the positions are resized to the grid.
 */
public abstract class VisionTransformer extends PretrainedBackbone {
  private final TransformerSize size;
  private final PatchTokens block;

  VisionTransformer(TransformerSize size, VisionTransformerConfig config, Kernels kernels) {
    this(
        size,
        config.weights(),
        config.input(),
        new PatchTokens(size, config.frozenStages(), true, kernels));
  }

  VisionTransformer(TransformerSize size, ClipVisionTransformerConfig config, Kernels kernels) {
    this(
        size,
        config.weights(),
        InputNormalisation.CLIP,
        new PatchTokens(size, config.frozenStages(), config.lastAttention(), kernels));
  }

  private VisionTransformer(
      TransformerSize size, Optional<Path> weights, InputNormalisation input, PatchTokens block) {
    super(weights, input, () -> architecture(size));
    this.size = size;
    this.block = block;
  }

  /** 384 channels, 12 layers, 6 heads. */
  public static final class Small extends VisionTransformer {
    @Inject
    public Small(VisionTransformerConfig config, Kernels kernels) {
      super(TransformerSize.SMALL, config, kernels);
    }
  }

  /** 768 channels, 12 layers, 12 heads. */
  public static final class Base extends VisionTransformer {
    @Inject
    public Base(VisionTransformerConfig config, Kernels kernels) {
      super(TransformerSize.BASE, config, kernels);
    }
  }

  /**
   * The encoder of pictures of CLIP's ViT-B/16 (Radford et al. 2021), 768 channels, 12 layers, 12
   * heads, whose patches are projected to the 512 channels of the space that pictures share with
   * texts. CLIP itself projects the class token alone. What a patch's token says after the last
   * attention is about the whole picture; without that attention it is about the patch, and near
   * the text that names it (Zhou et al. 2022, MaskCLIP).
   */
  public static final class Clip extends VisionTransformer {
    @Inject
    public Clip(ClipVisionTransformerConfig config, Kernels kernels) {
      super(TransformerSize.CLIP_B16, config, kernels);
    }
  }

  static Architecture architecture(TransformerSize size) {
    Set<String> classifiers = size.isClip() ? Set.of("head.bias") : Set.of("head.", "pre_logits.");
    return Architecture.of(size.name(), classifiers, new PatchTokens(size, 0, true, Kernels.PLAIN));
  }

  @Override
  public final Block block() {
    return block;
  }

  @Override
  public final FeatureSpec output() {
    return new FeatureSpec(size.outputs(), size.patch());
  }

  @Override
  public final Optional<AttentionSpec> attention() {
    return Optional.of(new AttentionSpec(block.attending().size(), size.heads(), 1));
  }

  @Override
  public final NDList forwardAttention(ParameterStore store, NDArray images) {
    return block.forwardAttention(store, images);
  }

  /** Nothing is normalised over a batch. */
  @Override
  public final boolean imagesAreIndependent() {
    return true;
  }
}
