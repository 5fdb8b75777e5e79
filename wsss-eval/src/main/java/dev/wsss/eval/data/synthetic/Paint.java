package dev.wsss.eval.data.synthetic;

/**
 * A colour.
 *
 * @param red 0…1, as are green and blue
 */
record Paint(double red, double green, double blue) {

  /** From hue (in turns, any number), saturation and value (0…1). */
  static Paint ofHsv(double hue, double saturation, double value) {
    double sixths = 6 * (hue - Math.floor(hue));
    return new Paint(
        channel(sixths + 5, saturation, value),
        channel(sixths + 3, saturation, value),
        channel(sixths + 1, saturation, value));
  }

  private static double channel(double shifted, double saturation, double value) {
    double k = shifted >= 6 ? shifted - 6 : shifted;
    return value * (1 - saturation * clamp(Math.min(k, 4 - k)));
  }

  /**
   * Lays this colour over {@code rgb}.
   *
   * @param light factor on the colour
   * @param cover 0 leaves what is there, 1 hides it
   */
  void over(double[] rgb, double light, double cover) {
    rgb[0] += cover * (light * red - rgb[0]);
    rgb[1] += cover * (light * green - rgb[1]);
    rgb[2] += cover * (light * blue - rgb[2]);
  }

  static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
