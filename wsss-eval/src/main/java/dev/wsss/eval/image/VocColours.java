package dev.wsss.eval.image;

import java.awt.image.IndexColorModel;

/**
 * The colour of each mask index in PASCAL VOC: black for 0, dark red for 1 and so on to a pale
 * cream for 255. Index bits 0, 1, 2 go to the highest bit of red, green, blue, the next three bits
 * to the second highest, and the last two to the third.
 */
public final class VocColours {

  private VocColours() {}

  /** The colour of an index, 0…255, as 0xRRGGBB. */
  public static int rgb(int index) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int bit = 0; bit < 3; bit++) {
      int triple = index >> (3 * bit);
      red |= (triple & 1) << (7 - bit);
      green |= (triple >> 1 & 1) << (7 - bit);
      blue |= (triple >> 2 & 1) << (7 - bit);
    }
    return red << 16 | green << 8 | blue;
  }

  static IndexColorModel palette() {
    int[] colours = new int[256];
    for (int i = 0; i < 256; i++) {
      colours[i] = rgb(i);
    }
    return new IndexColorModel(8, 256, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
  }
}
