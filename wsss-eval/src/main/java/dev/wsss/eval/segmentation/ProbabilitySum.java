package dev.wsss.eval.segmentation;

import dev.wsss.api.inference.PixelScores;
import dev.wsss.eval.cam.LinearAxis;
import dev.wsss.eval.cam.PixelPlanes;

/**
 * The probabilities of one picture's pixels, (1+K)×H×W, averaged over passes.
 *
 * <p>The scores of a pass are resized bilinearly to the picture, as in training, and a softmax
 * makes them probabilities there.
 */
final class ProbabilitySum {
  private final int planes;
  private final int height;
  private final int width;
  private final float[] sums;
  private int passes;

  ProbabilitySum(int planes, int height, int width) {
    this.planes = planes;
    this.height = height;
    this.width = width;
    this.sums = new float[Math.multiplyExact(planes, Math.multiplyExact(height, width))];
  }

  /**
   * Adds a pass over the picture.
   *
   * @param row of the picture among those of the pass
   */
  void add(PixelScores raw, int row) {
    add(raw, row, line -> {});
  }

  /** Adds a pass over the picture's mirror image. */
  void addMirrored(PixelScores raw, int row) {
    add(raw, row, PixelPlanes::reverse);
  }

  private interface Turn {
    void turn(float[] line);
  }

  private void add(PixelScores raw, int row, Turn turn) {
    LinearAxis rows = LinearAxis.of(raw.height(), height);
    LinearAxis columns = LinearAxis.of(raw.width(), width);
    float[] mixed = new float[raw.width()];
    float[][] lines = new float[planes][width];
    int cells = raw.height() * raw.width();
    for (int y = 0; y < height; y++) {
      for (int plane = 0; plane < planes; plane++) {
        int at = (row * planes + plane) * cells;
        LinearAxis.row(raw.scores(), at, rows, columns, y, mixed, lines[plane]);
        turn.turn(lines[plane]);
      }
      addSoftmax(lines, y);
    }
    passes++;
  }

  private void addSoftmax(float[][] lines, int y) {
    float[] parts = new float[planes];
    for (int x = 0; x < width; x++) {
      float largest = lines[0][x];
      for (int plane = 1; plane < planes; plane++) {
        largest = Math.max(largest, lines[plane][x]);
      }
      float sum = 0;
      for (int plane = 0; plane < planes; plane++) {
        parts[plane] = (float) Math.exp(lines[plane][x] - largest);
        sum += parts[plane];
      }
      for (int plane = 0, at = y * width + x; plane < planes; plane++, at += height * width) {
        sums[at] += parts[plane] / sum;
      }
    }
  }

  /** The means so far; ends the sum. */
  float[] mean() {
    float share = 1f / passes;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.min(1, sums[i] * share); // rounding may take it a little above
    }
    return sums;
  }
}
