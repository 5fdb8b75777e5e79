package dev.wsss.eval.cam;

import dev.wsss.api.inference.RawMaps;

/**
 * The maps of the n labelled classes of one picture, each H×W, added up over scales.
 *
 * <p>A raw map is rectified, the mirror image's map is mirrored back and added, and the sum is
 * enlarged bilinearly: all on the small grid but the last.
 */
final class MapSum {
  private final int height;
  private final int width;
  private final int[] classes;
  private final float[] values;

  /**
   * @param classes foreground classes, ascending
   */
  MapSum(int[] classes, int height, int width) {
    this.height = height;
    this.width = width;
    this.classes = classes;
    this.values = new float[Math.multiplyExact(classes.length, Math.multiplyExact(height, width))];
  }

  /** n·H·W sums. */
  float[] values() {
    return values;
  }

  /**
   * Adds a pass over the picture.
   *
   * @param row of the picture among those of the pass
   * @param mirror row of its mirror image, or −1
   */
  void add(RawMaps raw, int row, int mirror) {
    LinearAxis rows = LinearAxis.of(raw.height(), height);
    LinearAxis columns = LinearAxis.of(raw.width(), width);
    float[] mixed = new float[raw.width()];
    float[] line = new float[width];
    for (int j = 0; j < classes.length; j++) {
      float[] grid = rectified(raw, row, classes[j]);
      if (mirror >= 0) {
        addMirrored(grid, rectified(raw, mirror, classes[j]), raw.width());
      }
      for (int y = 0; y < height; y++) {
        LinearAxis.row(grid, 0, rows, columns, y, mixed, line);
        int at = (j * height + y) * width;
        for (int x = 0; x < width; x++) {
          values[at + x] += line[x];
        }
      }
    }
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

  private static void addMirrored(float[] grid, float[] mirrored, int width) {
    for (int i = 0; i < grid.length; i++) {
      int x = i % width;
      grid[i] += mirrored[i - x + width - 1 - x];
    }
  }
}
