package dev.wsss.eval.data.synthetic;

import java.util.List;

/** Outlines of bodies, each shared by a family of classes. */
enum BodyShape {
  OVAL {
    @Override
    double level(double u, double v) {
      return Math.sqrt(u * u + v * v);
    }
  },
  BOX {
    @Override
    double level(double u, double v) {
      return Math.sqrt(Math.sqrt(u * u * u * u + v * v * v * v));
    }
  },
  DROP {
    @Override
    double level(double u, double v) {
      double w = v / Math.max(0.2, 0.75 - 0.35 * u);
      return Math.sqrt(u * u + w * w);
    }
  },
  BEAN {
    @Override
    double level(double u, double v) {
      double w = (v - 0.6 * (u * u - 0.3)) / 0.8;
      return Math.sqrt(u * u + w * w);
    }
  };

  private static final List<BodyShape> ALL = List.of(values());

  /** The outline of a family; they repeat. */
  static BodyShape ofFamily(int family) {
    return ALL.get(family % ALL.size());
  }

  /**
   * How far out a point lies: 0 in the middle, 1 on the outline.
   *
   * @param u along the body, −1…1 from end to end
   * @param v across the body, about −1…1
   */
  abstract double level(double u, double v);
}
