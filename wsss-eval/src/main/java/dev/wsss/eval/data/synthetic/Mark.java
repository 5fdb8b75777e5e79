package dev.wsss.eval.data.synthetic;

import java.util.List;

/** Patterns of the parts that tell a class, in two colours on a disc of radius 1. */
enum Mark {
  RING {
    @Override
    boolean second(double p, double q) {
      double distance = p * p + q * q;
      return distance > 0.12 && distance < 0.5;
    }
  },
  CHECK {
    @Override
    boolean second(double p, double q) {
      return p * q > 0;
    }
  },
  CROSS {
    @Override
    boolean second(double p, double q) {
      return Math.min(Math.abs(p), Math.abs(q)) < 0.25;
    }
  },
  BARS {
    @Override
    boolean second(double p, double q) {
      return Math.abs(p) < 0.2 || Math.abs(p) > 0.6;
    }
  },
  DOT {
    @Override
    boolean second(double p, double q) {
      return p * p + q * q < 0.3;
    }
  },
  HALVES {
    @Override
    boolean second(double p, double q) {
      return p > 0;
    }
  };

  private static final List<Mark> ALL = List.of(values());

  /** The pattern of class {@code k}; they repeat. */
  static Mark ofClass(int k) {
    return ALL.get(k % ALL.size());
  }

  /** How often the patterns were all used before class {@code k}. */
  static int round(int k) {
    return k / ALL.size();
  }

  /** Whether the point has the pattern's second colour. */
  abstract boolean second(double p, double q);
}
