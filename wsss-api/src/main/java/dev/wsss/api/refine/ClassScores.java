package dev.wsss.api.refine;

import dev.wsss.api.data.IndexMask;

/**
 * Scores of background and of the classes that a picture shows, pixel by pixel.
 *
 * @param width W in pixels
 * @param height H in pixels
 * @param present the n foreground classes that the picture shows, ascending; not copied, treat as
 *     immutable
 * @param planes (1+n)×H×W, background first, then the classes in the order of {@code present};
 *     probabilities or other scores 0…1, which need not sum to 1; not copied, treat as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record ClassScores(int width, int height, int[] present, float[] planes) {
  /** The largest foreground class that an {@link IndexMask} can hold. */
  private static final int LAST_CLASS = IndexMask.IGNORE - 2;

  public ClassScores {
    if (width < 1 || height < 1 || planes.length != (present.length + 1L) * width * height) {
      throw new IllegalArgumentException(
          "%d scores are not those of background and %d classes at %d×%d"
              .formatted(planes.length, present.length, width, height));
    }
    for (int j = 0; j < present.length; j++) {
      if (present[j] <= (j == 0 ? -1 : present[j - 1]) || present[j] > LAST_CLASS) {
        throw new IllegalArgumentException(
            "class %d at place %d; classes are 0…%d and ascend"
                .formatted(present[j], j, LAST_CLASS));
      }
    }
  }

  /** H·W. */
  public int pixels() {
    return width * height;
  }

  /** 1+n, background included. */
  public int planeCount() {
    return present.length + 1;
  }

  /** The same classes at the same size with other scores. */
  public ClassScores with(float[] scores) {
    return new ClassScores(width, height, present, scores);
  }

  /**
   * The plane with the largest score of a pixel; the lowest of equal classes, and any class before
   * background that equals it, as a score that reaches a threshold is no background.
   *
   * @param pixel y·W + x
   */
  public int winner(int pixel) {
    int winner = 0;
    for (int plane = 1, at = pixels() + pixel; plane < planeCount(); plane++, at += pixels()) {
      if (isBetter(planes[at], winner, planes[winner * pixels() + pixel])) {
        winner = plane;
      }
    }
    return winner;
  }

  /**
   * The same for rows of planes, background first.
   *
   * @param lines (1+n)×W
   */
  public static int winner(float[][] lines, int x) {
    int winner = 0;
    for (int plane = 1; plane < lines.length; plane++) {
      if (isBetter(lines[plane][x], winner, lines[winner][x])) {
        winner = plane;
      }
    }
    return winner;
  }

  private static boolean isBetter(float score, int winner, float best) {
    return winner == 0 ? score >= best : score > best;
  }

  /** The mask of the winners. */
  public IndexMask labels() {
    return labels(0);
  }

  /**
   * The mask of the winners, with {@link IndexMask#IGNORE} where background or another class scores
   * less than the margin below the best.
   *
   * @param margin 0…1, in units of scores; nothing is doubtful at 0
   */
  public IndexMask labels(double margin) {
    byte[] indices = new byte[pixels()];
    for (int p = 0; p < indices.length; p++) {
      int plane = winner(p);
      if (isRivalled(p, plane, margin)) {
        indices[p] = (byte) IndexMask.IGNORE;
      } else {
        indices[p] = plane == 0 ? 0 : (byte) (present[plane - 1] + 1);
      }
    }
    return new IndexMask(width, height, indices);
  }

  private boolean isRivalled(int pixel, int winner, double margin) {
    float best = planes[winner * pixels() + pixel];
    for (int plane = 0; plane < planeCount(); plane++) {
      if (plane != winner && best - planes[plane * pixels() + pixel] < margin) {
        return true;
      }
    }
    return false;
  }
}
