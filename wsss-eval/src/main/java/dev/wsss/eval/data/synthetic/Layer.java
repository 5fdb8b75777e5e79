package dev.wsss.eval.data.synthetic;

/** Something in a picture that hides what is behind it. */
interface Layer {

  /** Index in the mask: 0 for what belongs to no class. */
  int maskIndex();

  /** Whether the point is inside; coordinates in pixels, a pixel's centre at its number plus ½. */
  boolean covers(double x, double y);

  /** Paints over the colour of a point, softly at the outline. */
  void paint(double x, double y, double[] rgb);
}
