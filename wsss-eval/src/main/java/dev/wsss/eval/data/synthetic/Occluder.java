package dev.wsss.eval.data.synthetic;

/**
 * A grey pole or plate that belongs to no class and may stand before objects.
 *
 * @param frame where it lies
 * @param paint its colour
 */
record Occluder(Figure.Frame frame, Paint paint) implements Layer {

  @Override
  public int maskIndex() {
    return 0;
  }

  @Override
  public boolean covers(double x, double y) {
    return inside(x, y) > 0;
  }

  @Override
  public void paint(double x, double y, double[] rgb) {
    double cover = Paint.clamp(inside(x, y) + 0.5);
    if (cover > 0) {
      paint.over(rgb, 1 - 0.25 * Paint.clamp(0.5 + 0.5 * frame.v(x, y)), cover);
    }
  }

  /** Pixels to the nearest edge, positive inside. */
  private double inside(double x, double y) {
    return Math.min(
        (1 - Math.abs(frame.u(x, y))) * frame.along(),
        (1 - Math.abs(frame.v(x, y))) * frame.across());
  }
}
