package dev.wsss.eval.refine.adaptive;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.refine.crf.Team;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Pixel-adaptive refinement: each score becomes the mean of those of its neighbours, which weigh
 * the more the less their colours differ, again and again. Nothing is learned. Araslanov and Roth,
 * "Single-Stage Semantic Segmentation from Image Labels" (2020), section 3.3, called PAMR; with
 * places and squared differences Ru et al., "Learning Affinity from Attention" (2022), section 3.4,
 * called PAR.
 *
 * <p>Neighbours are the eight of a 3×3 window at several dilations; beyond the picture stands its
 * border. Equations, and deviations from them, are those of the authors' code, but that weights sum
 * to 1 with places too, and that a channel which is the same all around a pixel is left out.
 *
 * <p>One picture is computed by as many threads as the JDK's common pool has to offer; the result
 * does not depend on them. Takes 32 bytes a pixel for each dilation and 8·(1+n) more, kept for the
 * next picture, once for each thread that calls.
 */
public final class PixelAdaptive implements PseudoLabelRefiner {
  private final PixelAdaptiveConfig config;
  private final int lanes;
  private final Queue<Averaging> idle = new ConcurrentLinkedQueue<>();

  @Inject
  public PixelAdaptive(PixelAdaptiveConfig config) {
    this(config, Team.usualLanes());
  }

  /**
   * @param lanes threads that compute one picture, at most
   */
  public PixelAdaptive(PixelAdaptiveConfig config, int lanes) {
    this.config = config;
    this.lanes = lanes;
  }

  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id) {
    PseudoLabelRefiner.requireOneSize(picture, scores);
    float[] planes = scores.planes().clone();
    Averaging own = idle.poll();
    Averaging averaging = own != null ? own : averaging();
    try {
      averaging.run(picture, planes, scores.planeCount());
    } finally {
      idle.add(averaging);
    }
    for (int i = 0; i < planes.length; i++) {
      // Weights sum to 1 but for rounding.
      planes[i] = Math.min(1, planes[i]);
    }
    return scores.with(planes);
  }

  private Averaging averaging() {
    int[] dilations = config.dilations().stream().mapToInt(Integer::intValue).toArray();
    return new Averaging(config.terms(), dilations, config.iterations(), lanes);
  }
}
