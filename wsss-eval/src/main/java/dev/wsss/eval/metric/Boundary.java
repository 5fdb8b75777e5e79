package dev.wsss.eval.metric;

import dev.wsss.api.data.IndexMask;
import java.util.Arrays;

/**
 * The boundary of one class in a mask: the pixels that differ, in being of the class or not, from
 * their right, lower or lower right neighbour (the DAVIS benchmark's {@code seg2bmap}). An edge of
 * the picture is no boundary.
 */
final class Boundary {
  private final int width;
  private final int height;
  private final boolean[] pixels;
  private final int[] before;

  private Boundary(int width, int height, boolean[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    // How many there are in a row left of a pixel, so that a stretch of it is looked at once.
    this.before = new int[(width + 1) * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * (width + 1) + x;
        before[at + 1] = before[at] + (pixels[y * width + x] ? 1 : 0);
      }
    }
  }

  static Boundary of(IndexMask mask, int index) {
    int width = mask.width();
    int height = mask.height();
    boolean[] pixels = new boolean[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside = mask.at(x, y) == index;
        int right = Math.min(x + 1, width - 1);
        int below = Math.min(y + 1, height - 1);
        pixels[y * width + x] =
            inside != (mask.at(right, y) == index)
                || inside != (mask.at(x, below) == index)
                || inside != (mask.at(right, below) == index);
      }
    }
    return new Boundary(width, height, pixels);
  }

  /** Those of its pixels whose truth counts. */
  Boundary counted(IndexMask truth) {
    boolean[] counted = new boolean[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      counted[p] = pixels[p] && (truth.indices()[p] & 0xff) != IndexMask.IGNORE;
    }
    return new Boundary(width, height, counted);
  }

  /**
   * The share of its pixels that lie no farther than a radius from the other boundary; 1 where
   * there is none.
   *
   * @param radius in pixels, between centres
   */
  double near(Boundary other, int radius) {
    int[] reach = new int[2 * radius + 1];
    Arrays.setAll(
        reach, i -> (int) Math.sqrt((double) radius * radius - (i - radius) * (i - radius)));
    long all = 0;
    long near = 0;
    for (int p = 0; p < pixels.length; p++) {
      if (pixels[p]) {
        all++;
        near += other.isNear(p % width, p / width, radius, reach) ? 1 : 0;
      }
    }
    return all == 0 ? 1 : near / (double) all;
  }

  private boolean isNear(int x, int y, int radius, int[] reach) {
    for (int row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
      int across = reach[row - y + radius];
      int from = Math.max(0, x - across);
      int to = Math.min(width, x + across + 1);
      if (before[row * (width + 1) + to] > before[row * (width + 1) + from]) {
        return true;
      }
    }
    return false;
  }
}
