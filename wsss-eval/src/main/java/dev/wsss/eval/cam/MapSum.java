package dev.wsss.eval.cam;

import dev.wsss.api.inference.RawMaps;

/**
 * The maps of n classes of one picture size, each H×W, added up over scales.
 *
 * <p>A raw map is rectified, the mirror image's map is mirrored back and added, and the sum is
 * enlarged bilinearly: all on the small grid but the last.
 */
final class MapSum {
  private final int height;
  private final int width;
  private final float[] values;

  MapSum(int maps, int height, int width) {
    this.height = height;
    this.width = width;
    this.values = new float[Math.multiplyExact(maps, Math.multiplyExact(height, width))];
  }

  /** n·H·W sums. */
  float[] values() {
    return values;
  }

  /**
   * Adds one class of one picture.
   *
   * @param map which of the n
   * @param row of the picture among those of the pass
   * @param mirror row of its mirror image, or −1
   * @param k foreground class
   */
  void add(int map, RawMaps raw, int row, int mirror, int k) {
    float[] grid = rectified(raw, row, k);
    if (mirror >= 0) {
      float[] mirrored = rectified(raw, mirror, k);
      int w = raw.width();
      for (int i = 0; i < grid.length; i++) {
        int x = i % w;
        grid[i] += mirrored[i - x + w - 1 - x];
      }
    }
    addEnlarged(grid, raw.height(), raw.width(), map * height * width);
  }

  private static float[] rectified(RawMaps raw, int row, int k) {
    int cells = raw.height() * raw.width();
    float[] grid = new float[cells];
    int at = (row * raw.classes() + k) * cells;
    for (int i = 0; i < cells; i++) {
      grid[i] = Math.max(0, raw.maps()[at + i]); // a NaN stays
    }
    return grid;
  }

  private void addEnlarged(float[] grid, int h, int w, int at) {
    LinearAxis rows = LinearAxis.of(h, height);
    LinearAxis columns = LinearAxis.of(w, width);
    float[] mixed = new float[w];
    for (int y = 0; y < height; y++) {
      int upper = rows.low()[y] * w;
      int lower = rows.high()[y] * w;
      float weight = rows.weight()[y];
      for (int x = 0; x < w; x++) {
        mixed[x] = grid[upper + x] + weight * (grid[lower + x] - grid[upper + x]);
      }
      int line = at + y * width;
      for (int x = 0; x < width; x++) {
        float left = mixed[columns.low()[x]];
        float right = mixed[columns.high()[x]];
        values[line + x] += left + columns.weight()[x] * (right - left);
      }
    }
  }
}
