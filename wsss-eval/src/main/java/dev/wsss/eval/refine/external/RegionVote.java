package dev.wsss.eval.refine.external;

import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.coco.Region;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which plane of the scores the regions of a picture give each pixel. */
final class RegionVote {
  /** Where no region speaks. */
  static final int SILENT = -1;

  private RegionVote() {}

  /**
   * Each region takes the plane with the largest mean score inside it, by the rule of {@link
   * ClassScores#winner}. Where regions overlap the smallest decides, of equal ones the last.
   *
   * @param minimumScore regions with a lower mean say nothing
   * @return plane or {@link #SILENT}, H×W
   */
  static int[] planes(ClassScores scores, List<Region> regions, double minimumScore) {
    int[] planes = new int[scores.pixels()];
    Arrays.fill(planes, SILENT);
    List<Region> largestFirst =
        regions.stream()
            .filter(region -> region.area() > 0)
            .sorted(Comparator.comparingInt(Region::area).reversed())
            .toList();
    for (Region region : largestFirst) {
      ClassScores means = means(scores, region);
      int winner = means.winner(0);
      if (means.planes()[winner] >= minimumScore) {
        region.forEach(pixel -> planes[pixel] = winner);
      }
    }
    return planes;
  }

  /** As of one pixel. */
  private static ClassScores means(ClassScores scores, Region region) {
    double[] sums = new double[scores.planeCount()];
    region.forEach(
        pixel -> {
          for (int plane = 0, at = pixel; plane < sums.length; plane++, at += scores.pixels()) {
            sums[plane] += scores.planes()[at];
          }
        });
    float[] means = new float[sums.length];
    for (int plane = 0; plane < means.length; plane++) {
      means[plane] = (float) (sums[plane] / region.area());
    }
    return new ClassScores(1, 1, scores.present(), means);
  }
}
