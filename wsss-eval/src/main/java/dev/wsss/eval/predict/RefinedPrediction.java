package dev.wsss.eval.predict;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.PictureMaps;
import java.util.Arrays;

/**
 * Refined scores of a picture, background among them.
 *
 * @param of the prediction that was refined
 * @param scores at the size at which the picture was looked at
 */
public record RefinedPrediction(PicturePrediction of, ClassScores scores) {

  /** The class index of every pixel of the picture as it came; 0 is background. */
  public IndexMask mask() {
    return mask(0);
  }

  /**
   * The same with {@link IndexMask#IGNORE} for doubtful pixels: those where another class, or
   * background, scores less than the margin below the best.
   *
   * @param margin 0…1, in units of the last refiner's scores; nothing is doubtful at 0
   */
  public IndexMask mask(double margin) {
    byte[] indices = new byte[Math.multiplyExact(of.width(), of.height())];
    planes()
        .rows(
            of.width(),
            of.height(),
            of.height(),
            (y, lines) -> {
              for (int x = 0; x < of.width(); x++) {
                indices[y * of.width() + x] = (byte) index(lines, x, margin);
              }
            });
    return new IndexMask(of.width(), of.height(), indices);
  }

  /** The scores at the size of the picture as it came, resized bilinearly. */
  public ClassScores scoresAtPictureSize() {
    if (scores.width() == of.width() && scores.height() == of.height()) {
      return scores;
    }
    int pixels = Math.multiplyExact(of.width(), of.height());
    float[] resized = new float[Math.multiplyExact(scores.planeCount(), pixels)];
    planes()
        .rows(
            of.width(),
            of.height(),
            of.height(),
            (y, lines) -> {
              for (int plane = 0; plane < lines.length; plane++) {
                System.arraycopy(
                    lines[plane], 0, resized, plane * pixels + y * of.width(), of.width());
              }
            });
    return new ClassScores(of.width(), of.height(), scores.present(), resized);
  }

  /** The planes as maps, to be resized as maps are; plane 0 is background. */
  private PictureMaps planes() {
    int[] numbers = new int[scores.planeCount()];
    Arrays.setAll(numbers, plane -> plane);
    return new PictureMaps(
        of.example(),
        of.probabilities(),
        scores.width(),
        scores.height(),
        numbers,
        scores.planes());
  }

  private int index(float[][] lines, int x, double margin) {
    int winner = ClassScores.winner(lines, x);
    for (int plane = 0; plane < lines.length; plane++) {
      if (plane != winner && lines[winner][x] - lines[plane][x] < margin) {
        return IndexMask.IGNORE;
      }
    }
    return winner == 0 ? 0 : scores.present()[winner - 1] + 1;
  }
}
