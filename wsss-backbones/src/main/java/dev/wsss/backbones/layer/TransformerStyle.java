package dev.wsss.backbones.layer;

import ai.djl.nn.Block;

/** In what the layers of published vision transformers differ. */
public enum TransformerStyle {
  /** DeiT's and timm's: GELU, and ε of 1e-6 where PyTorch's default is 1e-5. */
  DEIT(1e-6f) {
    @Override
    Block activation() {
      return new Gelu();
    }
  },
  /** CLIP's (Radford et al. 2021): {@link QuickGelu}, and PyTorch's ε. */
  CLIP(1e-5f) {
    @Override
    Block activation() {
      return new QuickGelu();
    }
  };

  private final float epsilon;

  TransformerStyle(float epsilon) {
    this.epsilon = epsilon;
  }

  /** A normalisation as these networks are trained with. */
  public LayerNorm norm() {
    return new LayerNorm(epsilon);
  }

  /** Between the two layers of each {@code mlp}. */
  abstract Block activation();
}
