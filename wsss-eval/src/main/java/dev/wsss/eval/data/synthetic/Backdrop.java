package dev.wsss.eval.data.synthetic;

import java.util.random.RandomGenerator;

/**
 * A textured background in two muted colours; it says nothing about the classes before it.
 *
 * @param kind of texture
 * @param first one colour
 * @param second the other
 * @param stripe direction and width of stripes and boards
 * @param scale pixels between the points of the noise
 * @param noise of the texture
 */
record Backdrop(
    Kind kind, Paint first, Paint second, Figure.Stripe stripe, double scale, Noise noise) {

  /** Kinds of texture. */
  enum Kind {
    CLOUDS,
    STRIPES,
    PATCHES,
    HORIZON,
    GRAIN
  }

  static Backdrop draw(int side, RandomGenerator random) {
    double unit = side / 64.0;
    double angle = random.nextDouble() * Math.PI;
    double perPixel = 1 / (unit * (5 + 9 * random.nextDouble()));
    double hue = random.nextDouble();
    return new Backdrop(
        Kind.values()[random.nextInt(Kind.values().length)],
        muted(hue, random),
        muted(hue + 0.3 * (random.nextDouble() - 0.5), random),
        new Figure.Stripe(
            StrictMath.cos(angle) * perPixel,
            StrictMath.sin(angle) * perPixel,
            random.nextDouble(),
            1),
        unit * (6 + 8 * random.nextDouble()),
        new Noise(random.nextLong()));
  }

  private static Paint muted(double hue, RandomGenerator random) {
    return Paint.ofHsv(hue, 0.3 * random.nextDouble(), 0.3 + 0.5 * random.nextDouble());
  }

  /** Sets the colour of a point. */
  void paint(double x, double y, double[] rgb) {
    first.over(rgb, 1, 1);
    second.over(rgb, 1, Paint.clamp(share(x, y)));
    double light = 0.88 + 0.24 * noise.smooth(0.8 * x + 7, 0.8 * y + 5);
    rgb[0] *= light;
    rgb[1] *= light;
    rgb[2] *= light;
  }

  /** How much of the second colour shows. */
  private double share(double x, double y) {
    double sx = x / scale;
    double sy = y / scale;
    return switch (kind) {
      case CLOUDS -> 2 * noise.cloud(sx, sy) - 0.5;
      case STRIPES -> 0.5 + 1.2 * stripe.at(x + 4 * noise.smooth(sx, sy), y);
      case PATCHES -> noise.at((long) Math.floor(sx), (long) Math.floor(sy));
      case HORIZON -> 0.5 + (noise.cloud(sx, 0) * 2 - 1 + (y - 3 * scale) / scale) * 2;
      case GRAIN -> noise.smooth(1.3 * x, 1.3 * y);
    };
  }
}
