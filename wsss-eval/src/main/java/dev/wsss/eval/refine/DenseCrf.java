package dev.wsss.eval.refine;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.refine.crf.MeanField;
import dev.wsss.eval.refine.crf.Team;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Dense CRF: every pixel is joined with every other, the nearer in place and colour the more
 * strongly (Krähenbühl and Koltun, "Efficient Inference in Fully Connected CRFs with Gaussian Edge
 * Potentials", 2011).
 *
 * <p>Energy of labels x: Σ_i u_i(x_i) + Σ_(i&lt;j) [x_i ≠ x_j] (c₁ exp(−|p_i − p_j|² / 2s₁²) + c₂
 * exp(−|p_i − p_j|² / 2s₂² − |I_i − I_j|² / 2s₃²)), with places p and colours I, both terms
 * normalised symmetrically. The unary u is −log of the scores, at least 10⁻⁵, or of a certainty for
 * the label that the scores make. What comes out are the marginals of mean field, which sum to 1.
 *
 * <p>One picture is computed by as many threads as the JDK's common pool has to offer ({@code
 * java.util.concurrent.ForkJoinPool.common.parallelism}); the result does not depend on them. Takes
 * about 110 + 8·(1+n) bytes a pixel, kept for the next picture, once for each thread that calls.
 */
public final class DenseCrf implements PseudoLabelRefiner {
  private static final float LEAST_SCORE = 1e-5f;

  private final MeanField.Terms terms;
  private final CrfUnary unary;
  private final double certainty;
  private final int lanes;
  private final Queue<MeanField> idle = new ConcurrentLinkedQueue<>();

  @Inject
  public DenseCrf(DenseCrfConfig config) {
    this(config, Team.usualLanes());
  }

  /**
   * @param lanes threads that compute one picture, at most
   */
  public DenseCrf(DenseCrfConfig config, int lanes) {
    this.terms = config.terms();
    this.unary = config.chosenUnary();
    this.certainty = config.certainty();
    this.lanes = lanes;
  }

  /**
   * Refines the scores of one picture.
   *
   * @throws IllegalArgumentException if picture and scores differ in size, or a deviation is too
   *     small for a picture of that size
   */
  @Override
  public ClassScores refine(RgbImage picture, ClassScores scores, String id) {
    PseudoLabelRefiner.requireOneSize(picture, scores);
    MeanField.Unary start =
        unary == CrfUnary.SCORES
            ? (into, from, to) -> probable(scores, into, from, to)
            : (into, from, to) -> certain(scores, into, from, to);
    float[] planes = new float[scores.planes().length];
    MeanField own = idle.poll();
    MeanField field = own != null ? own : new MeanField(lanes);
    try {
      field.run(picture, planes, start, terms);
    } finally {
      idle.add(field);
    }
    return scores.with(planes);
  }

  private static void probable(ClassScores scores, float[] planes, int from, int to) {
    for (int plane = 0; plane < scores.planeCount(); plane++) {
      int at = plane * scores.pixels();
      for (int p = at + from; p < at + to; p++) {
        planes[p] = Math.max(LEAST_SCORE, scores.planes()[p]);
      }
    }
  }

  private void certain(ClassScores scores, float[] planes, int from, int to) {
    float other = (float) ((1 - certainty) / Math.max(1, scores.planeCount() - 1));
    for (int plane = 0; plane < scores.planeCount(); plane++) {
      int at = plane * scores.pixels();
      Arrays.fill(planes, at + from, at + to, other);
    }
    for (int p = from; p < to; p++) {
      planes[scores.winner(p) * scores.pixels() + p] = (float) certainty;
    }
  }
}
