package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.refine.Refinement;

/**
 * What maps of class activation say of one picture.
 *
 * @param maps scores by class, at the size at which the picture was looked at
 * @param width of the picture as it came, in pixels
 * @param height in pixels
 * @param coveredWidth what the maps cover of it, in its pixels: its width or, where they are made
 *     of whole cells, a little more
 * @param coveredHeight likewise
 * @param maskThreshold score from which a pixel gets its class
 */
public record CamPrediction(
    PictureMaps maps,
    int width,
    int height,
    int coveredWidth,
    int coveredHeight,
    double maskThreshold)
    implements PicturePrediction {

  public CamPrediction {
    if (coveredWidth < width || coveredHeight < height) {
      throw new IllegalArgumentException(
          "maps of %d×%d pixels do not cover a picture of %d×%d"
              .formatted(coveredWidth, coveredHeight, width, height));
    }
  }

  @Override
  public Example example() {
    return maps.example();
  }

  /** Of all K classes: the sigmoid of their logits. */
  @Override
  public float[] probabilities() {
    return maps.probabilities();
  }

  @Override
  public ScoreMap scores() {
    return maps.winners(coveredWidth, coveredHeight, width, height);
  }

  /**
   * The mask with {@link IndexMask#IGNORE} for doubtful pixels: those whose best score is less than
   * the margin away from the threshold, and those above it where another class scores less than the
   * margin below the best.
   *
   * @param margin 0…1, in units of scores; nothing is doubtful at 0
   */
  @Override
  public IndexMask mask(double margin) {
    byte[] indices = new byte[Math.multiplyExact(width, height)];
    maps.rows(
        coveredWidth,
        coveredHeight,
        height,
        (y, lines) -> {
          for (int x = 0; x < width; x++) {
            int j = PictureMaps.winner(lines, x);
            float score = lines[j][x];
            boolean reached = ScoreMap.reaches(score, maskThreshold);
            boolean doubtful =
                Math.abs(score - maskThreshold) < margin
                    || (reached && rivalled(lines, x, j, margin));
            if (doubtful) {
              indices[y * width + x] = (byte) IndexMask.IGNORE;
            } else if (reached) {
              indices[y * width + x] = (byte) (maps.present()[j] + 1);
            }
          }
        });
    return new IndexMask(width, height, indices);
  }

  /**
   * Refines the maps along the edges of the picture; the mask's threshold is the score of
   * background before.
   *
   * @param picture as it came
   * @throws IllegalArgumentException if the picture was looked at in parts
   * @throws BadImageException if what a refiner knows of this picture is missing or damaged
   */
  @Override
  public RefinedPrediction refined(Refinement refinement, RgbImage picture)
      throws BadImageException {
    if (coveredWidth != width || coveredHeight != height) {
      throw new IllegalArgumentException(
          "picture '%s' was looked at in parts; refined are pictures that are looked at whole"
              .formatted(example().id()));
    }
    return new RefinedPrediction(
        this, refinement.refine(picture, maps, new BackgroundRule.Threshold(maskThreshold)));
  }

  private static boolean rivalled(float[][] lines, int x, int winner, double margin) {
    for (int j = 0; j < lines.length; j++) {
      if (j != winner && lines[winner][x] - lines[j][x] < margin) {
        return true;
      }
    }
    return false;
  }
}
