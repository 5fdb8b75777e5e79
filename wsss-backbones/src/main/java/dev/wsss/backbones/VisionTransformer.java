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
    super(config.weights(), config.input(), () -> architecture(size));
    this.size = size;
    this.block = new PatchTokens(size, config.frozenStages(), kernels);
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

  static Architecture architecture(TransformerSize size) {
    return Architecture.of(
        size.name(), Set.of("head.", "pre_logits."), new PatchTokens(size, 0, Kernels.PLAIN));
  }

  @Override
  public final Block block() {
    return block;
  }

  @Override
  public final FeatureSpec output() {
    return new FeatureSpec(size.channels(), size.patch());
  }

  @Override
  public final Optional<AttentionSpec> attention() {
    return Optional.of(new AttentionSpec(size.layers(), size.heads(), 1));
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
