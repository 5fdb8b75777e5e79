package dev.wsss.backbones;

import dev.wsss.backbones.layer.TransformerStyle;

/**
 * How large a vision transformer is, and whose.
 *
 * @param name of the backbone
 * @param style CLIP's has a normalisation before the layers, and a projection after them
 * @param patch side of a patch, pixels
 * @param gridSide patches along a side of the pictures that positions are of
 * @param channels of a token
 * @param layers transformer blocks
 * @param heads of the attention, which divide {@code channels}
 * @param outputs channels of the features; another number than {@code channels} only with a
 *     projection
 */
record TransformerSize(
    String name,
    TransformerStyle style,
    int patch,
    int gridSide,
    int channels,
    int layers,
    int heads,
    int outputs) {
  static final TransformerSize SMALL = deit("vit-small", 384, 12, 6);
  static final TransformerSize BASE = deit("vit-base", 768, 12, 12);
  static final TransformerSize CLIP_B16 = clip("clip-vit-b16", 768, 12, 12, 512);

  /** Of patches of 16 pixels, for pictures of 224. */
  static TransformerSize deit(String name, int channels, int layers, int heads) {
    return new TransformerSize(
        name, TransformerStyle.DEIT, 16, 14, channels, layers, heads, channels);
  }

  /** Of patches of 16 pixels, for pictures of 224. */
  static TransformerSize clip(String name, int channels, int layers, int heads, int outputs) {
    return new TransformerSize(
        name, TransformerStyle.CLIP, 16, 14, channels, layers, heads, outputs);
  }

  boolean isClip() {
    return style == TransformerStyle.CLIP;
  }
}
