package dev.wsss.eval.report;

import java.awt.Color;

/** The colours of PASCAL VOC's masks: the bits of an index spread over red, green and blue. */
final class VocPalette {

  private VocPalette() {}

  /** Colour of mask index 0…255: black for background, cream for 255. */
  static Color of(int index) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int rest = index;
    for (int bit = 7; bit >= 0; bit--) {
      red |= (rest & 1) << bit;
      green |= (rest >> 1 & 1) << bit;
      blue |= (rest >> 2 & 1) << bit;
      rest >>= 3;
    }
    return new Color(red, green, blue);
  }
}
