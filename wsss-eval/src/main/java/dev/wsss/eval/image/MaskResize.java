package dev.wsss.eval.image;

import dev.wsss.api.data.IndexMask;

/**
 * Resizes masks: a pixel takes the index of the old pixel in which its centre lies, so that no
 * index comes to be that was not there.
 */
public final class MaskResize {

  private MaskResize() {}

  /** The mask at another size; itself where the size is the same. */
  public static IndexMask nearest(IndexMask mask, int width, int height) {
    if (mask.width() == width && mask.height() == height) {
      return mask;
    }
    int[] columns = axis(mask.width(), width);
    int[] rows = axis(mask.height(), height);
    byte[] indices = new byte[Math.multiplyExact(width, height)];
    int at = 0;
    for (int row : rows) {
      int from = row * mask.width();
      for (int column : columns) {
        indices[at++] = mask.indices()[from + column];
      }
    }
    return new IndexMask(width, height, indices);
  }

  private static int[] axis(int from, int to) {
    int[] nearest = new int[to];
    for (int i = 0; i < to; i++) {
      nearest[i] = (int) ((2L * i + 1) * from / (2L * to));
    }
    return nearest;
  }
}
