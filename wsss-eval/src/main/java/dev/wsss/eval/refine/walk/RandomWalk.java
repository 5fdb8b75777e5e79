package dev.wsss.eval.refine.walk;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.refine.crf.Team;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Random walk on a grid of cells, from each to those near it that a trained network holds to belong
 * together: scores spread over an object and stop at its edge. Ahn and Kwak, "Learning Pixel-level
 * Semantic Affinity with Image-level Supervision for Weakly Supervised Semantic Segmentation"
 * (2018), section 3.3.
 *
 * <p>Scores are averaged to the network's grid, the walk's matrix (row-normalised affinity^β) is
 * applied 2^logt times, and what comes out is resized to the picture. As means of scores 0…1 they
 * stay 0…1; scores that sum to 1 do so still.
 *
 * <p>One picture is computed by as many threads as the JDK's common pool has to offer; the result
 * does not depend on them.
 */
public final class RandomWalk implements PseudoLabelRefiner {
  private final AffinitySource source;
  private final RandomWalkConfig config;
  private final Neighbours neighbours;
  private final int lanes;
  private final Queue<Transitions> idle = new ConcurrentLinkedQueue<>();

  public RandomWalk(AffinitySource source, RandomWalkConfig config) {
    this(source, config, Team.usualLanes());
  }

  /**
   * @param lanes threads that compute one picture, at most
   */
  public RandomWalk(AffinitySource source, RandomWalkConfig config, int lanes) {
    this.source = source;
    this.config = config;
    this.neighbours = Neighbours.within(config.radius());
    this.lanes = lanes;
  }

  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id)
      throws BadImageException {
    PseudoLabelRefiner.requireOneSize(picture, scores);
    AffinityGrid grid = source.features(picture, id);
    float[] planes = withBackground(scores);
    float[] cells = resized(planes, scores, grid.width(), grid.height());
    Transitions own = idle.poll();
    Transitions transitions = own != null ? own : new Transitions(neighbours, lanes);
    try {
      transitions.walk(grid, config.beta(), 1 << config.logt(), cells);
    } finally {
      idle.add(transitions);
    }
    ClassScores coarse = new ClassScores(grid.width(), grid.height(), scores.present(), cells);
    float[] refined = resized(cells, coarse, scores.width(), scores.height());
    for (int i = 0; i < refined.length; i++) {
      refined[i] = Math.min(1, refined[i]); // weights sum to 1 but for rounding
    }
    return scores.with(refined);
  }

  private float[] withBackground(ClassScores scores) {
    if (config.alpha() == 0) {
      return scores.planes();
    }
    int pixels = scores.pixels();
    float[] maps = Arrays.copyOfRange(scores.planes(), pixels, scores.planes().length);
    return new BackgroundRule.Power(config.alpha())
        .beside(scores.width(), scores.height(), scores.present(), maps)
        .planes();
  }

  /** Each plane at another size. */
  private static float[] resized(float[] planes, ClassScores of, int width, int height) {
    BilinearResize resize = new BilinearResize(of.width(), of.height(), width, height);
    float[] all = new float[of.planeCount() * width * height];
    for (int plane = 0; plane < of.planeCount(); plane++) {
      int pixels = of.pixels();
      float[] one = Arrays.copyOfRange(planes, plane * pixels, (plane + 1) * pixels);
      System.arraycopy(resize.apply(one), 0, all, plane * width * height, width * height);
    }
    return all;
  }
}
