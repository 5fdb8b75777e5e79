package dev.wsss.eval.data.synthetic;

/** Smooth random values over the plane, made from a hash of the grid; 0…1. */
record Noise(long seed) {

  /** A value per integer point, independent of its neighbours'. */
  double at(long x, long y) {
    long z = seed + x * 0x9e3779b97f4a7c15L + y * 0xd1b54a32d192ed03L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  /** The grid's values with a smooth transition between points. */
  double smooth(double x, double y) {
    double left = Math.floor(x);
    double top = Math.floor(y);
    double a = ease(x - left);
    double b = ease(y - top);
    long i = (long) left;
    long j = (long) top;
    double upper = at(i, j) + a * (at(i + 1, j) - at(i, j));
    double lower = at(i, j + 1) + a * (at(i + 1, j + 1) - at(i, j + 1));
    return upper + b * (lower - upper);
  }

  /** Two octaves: large shapes with smaller ones on them. */
  double cloud(double x, double y) {
    return (2 * smooth(x, y) + smooth(2.7 * x + 31, 2.7 * y + 17)) / 3;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }
}
