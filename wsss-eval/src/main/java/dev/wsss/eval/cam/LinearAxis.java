package dev.wsss.eval.cam;

/**
 * Bilinear interpolation along one axis, with half-pixel centres and without antialiasing, as
 * {@link dev.wsss.api.tensor.Bilinear#resize} and the networks' own resizing do: output i lies at c
 * = (i + ½)·from/to − ½, at least 0, and is {@code (1 − weight)·input[low] + weight·input[high]}.
 *
 * @param low ⌊c⌋ of each output
 * @param high the input after it, or itself at the end
 * @param weight c − ⌊c⌋
 */
@SuppressWarnings("ArrayRecordComponent") // tables; never compared
public record LinearAxis(int[] low, int[] high, float[] weight) {

  /** From so many values to so many. */
  public static LinearAxis of(int from, int to) {
    int[] low = new int[to];
    int[] high = new int[to];
    float[] weight = new float[to];
    for (int i = 0; i < to; i++) {
      double centre = Math.max(0, (i + 0.5) * from / to - 0.5);
      low[i] = (int) centre;
      high[i] = Math.min(low[i] + 1, from - 1);
      weight[i] = (float) (centre - low[i]);
    }
    return new LinearAxis(low, high, weight);
  }

  /**
   * One row of a plane that is resized along both axes.
   *
   * @param plane values, row by row
   * @param at where the plane begins among them
   * @param y the row of the output
   * @param mixed room for one row of the input
   * @param line where the row of the output comes
   */
  public static void row(
      float[] plane,
      int at,
      LinearAxis rows,
      LinearAxis columns,
      int y,
      float[] mixed,
      float[] line) {
    int upper = at + rows.low[y] * mixed.length;
    int lower = at + rows.high[y] * mixed.length;
    float weight = rows.weight[y];
    for (int x = 0; x < mixed.length; x++) {
      mixed[x] = plane[upper + x] + weight * (plane[lower + x] - plane[upper + x]);
    }
    for (int x = 0; x < line.length; x++) {
      float left = mixed[columns.low[x]];
      line[x] = left + columns.weight[x] * (mixed[columns.high[x]] - left);
    }
  }
}
