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
    float[] cells = averaged(scores, grid);
    Transitions own = idle.poll();
    Transitions transitions = own != null ? own : new Transitions(neighbours, lanes);
    try {
      transitions.walk(grid, config.beta(), 1 << config.logt(), cells);
    } finally {
      idle.add(transitions);
    }
    float[] refined = enlarged(cells, grid, scores);
    for (int i = 0; i < refined.length; i++) {
      refined[i] = Math.min(1, refined[i]); // weights sum to 1 but for rounding
    }
    return scores.with(refined);
  }

  /** (1+n)×h×w, each the mean of its cell's scores. */
  private float[] averaged(ClassScores scores, AffinityGrid grid) {
    BilinearResize resize =
        new BilinearResize(scores.width(), scores.height(), grid.width(), grid.height());
    int pixels = scores.pixels();
    int count = grid.width() * grid.height();
    float[] cells = new float[scores.planeCount() * count];
    float[] plane = background(scores);
    for (int i = 0; i < scores.planeCount(); i++) {
      if (i > 0) {
        System.arraycopy(scores.planes(), i * pixels, plane, 0, pixels);
      }
      System.arraycopy(resize.apply(plane), 0, cells, i * count, count);
    }
    return cells;
  }

  private float[] background(ClassScores scores) {
    int pixels = scores.pixels();
    float[] background = Arrays.copyOf(scores.planes(), pixels);
    if (config.alpha() > 0) {
      float[] maps = Arrays.copyOfRange(scores.planes(), pixels, scores.planes().length);
      new BackgroundRule.Power(config.alpha()).fill(maps, background);
    }
    return background;
  }

  /** (1+n)×H×W of the picture. */
  private static float[] enlarged(float[] cells, AffinityGrid grid, ClassScores to) {
    BilinearResize resize =
        new BilinearResize(grid.width(), grid.height(), to.width(), to.height());
    int count = grid.width() * grid.height();
    float[] planes = new float[to.planes().length];
    for (int i = 0; i < to.planeCount(); i++) {
      float[] plane = Arrays.copyOfRange(cells, i * count, (i + 1) * count);
      System.arraycopy(resize.apply(plane), 0, planes, i * to.pixels(), to.pixels());
    }
    return planes;
  }
}
