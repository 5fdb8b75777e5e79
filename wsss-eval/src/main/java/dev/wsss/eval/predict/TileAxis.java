package dev.wsss.eval.predict;

/**
 * How one side of a picture is covered by parts that overlap, and how much each part counts where.
 *
 * <p>A part's weight rises linearly over the overlap from its edge inwards, but not at the edge of
 * the picture, and the weights of every cell add up to one. A network sees nothing beyond an edge;
 * so what it says near one counts little where a neighbour sees more.
 *
 * @param starts first cell of each part
 * @param length cells in a part
 * @param weights by part and cell of the part
 */
@SuppressWarnings("ArrayRecordComponent") // tables; never compared
record TileAxis(int[] starts, int length, float[][] weights) {

  /**
   * Covers so many cells with parts of at most so many, spread evenly.
   *
   * @param overlap that neighbours share at least, less than {@code most}
   */
  static TileAxis of(int cells, int most, int overlap) {
    int length = Math.min(cells, most);
    int steps = count(cells, most, overlap) - 1;
    int[] starts = new int[steps + 1];
    for (int i = 0; i <= steps; i++) {
      starts[i] = steps == 0 ? 0 : (int) ((long) i * (cells - length) / steps);
    }
    return new TileAxis(starts, length, weights(starts, length, cells, overlap));
  }

  /** How many parts {@link #of} takes. */
  static int count(int cells, int most, int overlap) {
    int step = most - overlap;
    return 1 + (cells - Math.min(cells, most) + step - 1) / step;
  }

  private static float[][] weights(int[] starts, int length, int cells, int overlap) {
    float[][] weights = new float[starts.length][length];
    float[] sums = new float[cells];
    for (int i = 0; i < starts.length; i++) {
      for (int x = 0; x < length; x++) {
        float fromLeft = i == 0 ? 1 : (x + 0.5f) / overlap;
        float fromRight = i == starts.length - 1 ? 1 : (length - x - 0.5f) / overlap;
        weights[i][x] = Math.min(1, Math.min(fromLeft, fromRight));
        sums[starts[i] + x] += weights[i][x];
      }
    }
    for (int i = 0; i < starts.length; i++) {
      for (int x = 0; x < length; x++) {
        weights[i][x] /= sums[starts[i] + x];
      }
    }
    return weights;
  }
}
