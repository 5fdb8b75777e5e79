package org.example.refine;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import jakarta.inject.Inject;

/** Each score becomes the mean of those around it, whatever the picture shows: rids masks of specks. */
public final class BoxMean implements PseudoLabelRefiner {
  private final int radius;

  @Inject
  public BoxMean(BoxMeanConfig config) {
    this.radius = config.radius();
  }

  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id) {
    PseudoLabelRefiner.requireOneSize(picture, scores);
    float[] means = new float[scores.planes().length];
    for (int plane = 0; plane < scores.planeCount(); plane++) {
      for (int y = 0; y < scores.height(); y++) {
        for (int x = 0; x < scores.width(); x++) {
          int at = plane * scores.pixels() + y * scores.width() + x;
          means[at] = mean(scores, plane, x, y);
        }
      }
    }
    return scores.with(means);
  }

  private float mean(ClassScores scores, int plane, int x, int y) {
    float sum = 0;
    int count = 0;
    for (int v = Math.max(0, y - radius); v <= Math.min(scores.height() - 1, y + radius); v++) {
      for (int u = Math.max(0, x - radius); u <= Math.min(scores.width() - 1, x + radius); u++) {
        sum += scores.planes()[plane * scores.pixels() + v * scores.width() + u];
        count++;
      }
    }
    return Math.min(1, sum / count);
  }
}
