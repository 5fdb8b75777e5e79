package dev.wsss.backbones;

/**
 * How large a vision transformer is.
 *
 * @param name of the backbone
 * @param patch side of a patch, pixels
 * @param gridSide patches along a side of the pictures that positions are of
 * @param channels of a token
 * @param layers transformer blocks
 * @param heads of the attention, which divide {@code channels}
 */
record TransformerSize(String name, int patch, int gridSide, int channels, int layers, int heads) {
  static final TransformerSize SMALL = new TransformerSize("vit-small", 16, 14, 384, 12, 6);
  static final TransformerSize BASE = new TransformerSize("vit-base", 16, 14, 768, 12, 12);
}
