package dev.wsss.eval.data.synthetic;

/**
 * An object of a class: a striped body with a small part on it, both of which belong to the class.
 *
 * @param classIndex foreground class k
 * @param look of the class
 * @param frame where the body lies
 * @param part where the part lies, within a radius; a radius of 0 shows none
 * @param body colour
 * @param stripe direction and width of the body's stripes
 * @param noise of the body's texture
 */
record Figure(
    int classIndex, ClassLook look, Frame frame, Part part, Paint body, Stripe stripe, Noise noise)
    implements Layer {

  /** Centre, axis (a unit vector) and half-lengths along and across it, in pixels. */
  record Frame(double x, double y, double cos, double sin, double along, double across) {

    double u(double px, double py) {
      return ((px - x) * cos + (py - y) * sin) / along;
    }

    double v(double px, double py) {
      return ((py - y) * cos - (px - x) * sin) / across;
    }
  }

  /** Centre in units of the body's half-lengths, radius in pixels. */
  record Part(double u, double v, double radius) {}

  /** Waves per pixel along x and y, place of the first, and depth 0…1. */
  record Stripe(double perX, double perY, double phase, double depth) {

    /** A triangle wave, −1…1. */
    double at(double x, double y) {
      double turns = x * perX + y * perY + phase;
      return 4 * Math.abs(turns - Math.floor(turns) - 0.5) - 1;
    }
  }

  @Override
  public int maskIndex() {
    return classIndex + 1;
  }

  @Override
  public boolean covers(double x, double y) {
    return near(x, y) && (bodyLevel(x, y) < 1 || inPart(x, y));
  }

  /** Whether the point lies in the telling part. */
  boolean inPart(double x, double y) {
    return part.radius() > 0 && partDistance(x, y) < part.radius();
  }

  @Override
  public void paint(double x, double y, double[] rgb) {
    if (!near(x, y)) {
      return;
    }
    double cover = Paint.clamp((1 - bodyLevel(x, y)) * frame.across() + 0.5);
    if (cover > 0) {
      double grain = noise.cloud(0.35 * x, 0.35 * y) - 0.5;
      double shade = -0.08 * (frame.u(x, y) * frame.sin() + frame.v(x, y) * frame.cos());
      double light = 1 + stripe.depth() * stripe.at(x, y) + 0.3 * grain + shade;
      body.over(rgb, light, cover);
    }
    if (part.radius() > 0) {
      double partCover = Paint.clamp(part.radius() - partDistance(x, y) + 0.5);
      if (partCover > 0) {
        double p = (frame.u(x, y) - part.u()) * frame.along() / part.radius();
        double q = (frame.v(x, y) - part.v()) * frame.across() / part.radius();
        (look.mark().second(p, q) ? look.second() : look.first()).over(rgb, 1, partCover);
      }
    }
  }

  /** False only where neither body nor part reaches, which saves looking closer. */
  private boolean near(double x, double y) {
    double dx = x - frame.x();
    double dy = y - frame.y();
    double reach = 1.3 * frame.along() + part.radius() + 1;
    return dx * dx + dy * dy < reach * reach;
  }

  private double bodyLevel(double x, double y) {
    return look.shape().level(frame.u(x, y), frame.v(x, y));
  }

  private double partDistance(double x, double y) {
    double p = (frame.u(x, y) - part.u()) * frame.along();
    double q = (frame.v(x, y) - part.v()) * frame.across();
    return Math.sqrt(p * p + q * q);
  }
}
