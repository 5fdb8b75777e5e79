package dev.wsss.mam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;
import java.util.List;

/**
 * SEAM's equivariant regularisation (Wang et al., "Self-supervised Equivariant Attention Mechanism
 * for Weakly Supervised Semantic Segmentation", CVPR 2020, arXiv 2004.04581): a picture and the
 * same picture made smaller should have the same maps.
 *
 * <p>The student looks at scale 1 and at scale s; both looks learn, and the teacher has no part.
 * With B images, K classes, labels y and the grid h×w of the small look:
 *
 * <ol>
 *   <li>Shares {@code Ã_k = y_k·relu(A_k) / (max y_k·relu(A_k) + 1e-5)} of each look, gradient
 *       through the maximum; those of scale 1 are resized to h×w.
 *   <li>{@code L_ER = mean |Ã¹ − Ãˢ|} over B×K×h×w.
 *   <li>Targets T of each look, no gradient: Ã where its class has the largest share of the pixel,
 *       else 0, and background {@code 1 − max_k Ã_k} as one more channel.
 *   <li>{@link PixelCorrelation} spreads each look's T on its own grid by its features; what comes
 *       out is divided by its maximum and resized as in 1: Y.
 *   <li>{@code L_ECR = mean |Y¹ − Tˢ| + mean |Yˢ − T¹|} over the hardest pixels of each picture
 *       (mean over the K+1 channels), {@code ⌊hardest-share·h·w⌋}, at least one.
 *   <li>{@code L = equivariance-weight · L_ER + correlation-weight · L_ECR}.
 * </ol>
 *
 * <p>Departures from the paper and the authors' code:
 *
 * <ul>
 *   <li>Correlation has no layers of its own and takes the network's last features; see {@link
 *       PixelCorrelation}. In the authors' code {@code L_ECR} trains such layers only, since what
 *       enters them has no gradient, and what they spread is what is scored; here it moves the
 *       features that the maps are made of, which is another loss. So its weight is 0 unless given
 *       [choice], and maps that are scored are plain ones [choice].
 *   <li>Hardest pixels are a fifth of the pixels, as the paper says [paper]. The authors' code
 *       takes a fifth of all pixels of all 21 channels, 4.2 planes, while a picture of two classes
 *       differs from zero in three; so all count there. For up to three classes, {@code
 *       hardest-share: 1} and {@code correlation-weight: 5} are that loss.
 *   <li>Maps are compared on the small look's grid, not on its pixels [choice], and resized with
 *       half-pixel centres, as everywhere in this project, where the authors align corners.
 *   <li>Absent classes are zero before correlation, too, and no minimum is subtracted before maps
 *       are divided by their maximum [choice].
 *   <li>Classification learns from scale 1 only, and there is no loss on the smallest quarter of
 *       the spread maps, which the authors add [choice].
 * </ul>
 */
public final class EquivariantAttention implements SelfSupervision<EquivariantAttention.NoTeacher> {
  private static final float EPSILON = 1e-5f;
  private static final double ONE = 1.0;

  private final SeamConfig config;

  @Inject
  public EquivariantAttention(SeamConfig config) {
    this.config = config;
  }

  /** Nothing: the two looks of the student supervise each other. */
  public record NoTeacher() {}

  @Override
  public Needs needs() {
    return new Needs(List.of(config.scale(), ONE), List.of(), Needs.Coupling.JOINT);
  }

  @Override
  public NoTeacher derive(TeacherView teacher, Batch batch, StepContext step) {
    return new NoTeacher();
  }

  @Override
  public NDArray loss(StudentView student, NoTeacher nothing, StepContext step) {
    Look large = look(student, ONE);
    Look small = look(student, config.scale());
    Shape grid = small.shares().getShape();
    NDArray resized = resized(large.shares(), grid);
    NDArray difference = resized.sub(small.shares()).abs().sum();
    log(student.batch(), resized, difference, step);
    NDArray equivariance = perImage(difference, student.batch(), cells(grid) * grid.get(1));
    step.log("equivariance", equivariance.getFloat());
    NDArray weighted = Constants.mul(equivariance, (float) config.equivarianceWeight());
    if (config.correlationWeight() == 0) {
      return weighted;
    }
    NDArray hardest =
        hardest(spread(large, grid).sub(target(small.shares())))
            .add(hardest(spread(small, grid).sub(target(resized))));
    long elements = hardestOf(cells(grid)) * (grid.get(1) + 1);
    NDArray correlation = perImage(hardest, student.batch(), elements);
    step.log("correlation", correlation.getFloat());
    return weighted.add(Constants.mul(correlation, (float) config.correlationWeight()));
  }

  /**
   * The student at one scale.
   *
   * @param features b×D×h×w
   * @param shares b×K×h×w, 0…1
   */
  private record Look(NDArray features, NDArray shares) {}

  private static Look look(StudentView student, double scale) {
    NDArray maps = student.maps(scale);
    NDArray labels =
        student.part().labels().reshape(maps.getShape().get(0), maps.getShape().get(1), 1, 1);
    return new Look(student.features(scale), shares(maps.getNDArrayInternal().relu().mul(labels)));
  }

  /** Maps b×C×h×w, not negative, each divided by its maximum. */
  private static NDArray shares(NDArray maps) {
    Shape shape = maps.getShape();
    NDArray flat = maps.reshape(shape.get(0), shape.get(1), cells(shape));
    return maps.div(
        flat.max(new int[] {2}, true).add(EPSILON).reshape(shape.get(0), shape.get(1), 1, 1));
  }

  /** Y of one look, b×(K+1)×h×w. */
  private static NDArray spread(Look look, Shape grid) {
    NDArray maps = PixelCorrelation.spread(look.features(), target(look.shares()));
    return resized(shares(maps), grid);
  }

  /** Shares b×K×h×w where they are the pixel's largest, background first; no gradient. */
  private static NDArray target(NDArray shares) {
    NDArray constant = shares.stopGradient();
    NDArray largest = constant.max(new int[] {1}, true);
    NDArray winners = constant.mul(constant.gte(largest).toType(DataType.FLOAT32, false));
    return largest.neg().add(1f).concat(winners, 1);
  }

  /** Sum of the absolute errors b×(K+1)×h×w of each picture's hardest pixels. */
  private NDArray hardest(NDArray errors) {
    long cells = cells(errors.getShape());
    NDArray pixels = errors.abs().sum(new int[] {1}).reshape(-1, cells);
    return pixels.topK(hardestOf(cells), 1, true, false).head().sum();
  }

  private int hardestOf(long cells) {
    return Math.max(1, (int) (config.hardestShare() * cells));
  }

  private static NDArray resized(NDArray maps, Shape grid) {
    return Bilinear.resize(maps, (int) grid.get(2), (int) grid.get(3));
  }

  private static long cells(Shape shape) {
    return shape.get(2) * shape.get(3);
  }

  private static NDArray perImage(NDArray sum, Batch batch, long elements) {
    return Constants.mul(sum, (float) (1.0 / ((double) batch.size() * elements)));
  }

  /** Means over the pixels of present classes: shares of scale 1, and how far those of s are. */
  private static void log(Batch batch, NDArray shares, NDArray difference, StepContext step) {
    int pairs = batch.present(0, batch.size()).size();
    if (pairs == 0) {
      return;
    }
    double elements = (double) pairs * cells(shares.getShape());
    try (NDArray sum = shares.stopGradient().sum()) {
      step.log("share", sum.getFloat() / elements);
    }
    step.log("difference", difference.getFloat() / elements);
  }
}
