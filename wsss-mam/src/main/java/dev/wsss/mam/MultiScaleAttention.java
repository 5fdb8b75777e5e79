package dev.wsss.mam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.PresentMaps;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.tensor.Constants;
import dev.wsss.mam.MamConfig.Normalise;
import jakarta.inject.Inject;

/**
 * The multi-scale attentive module (arXiv 2112.05351): at each scale the student's maps should be a
 * weighted mean of the teacher's maps of all scales, in which those count more that differ from the
 * student's.
 *
 * <p>With present maps {@code P(A) = relu(up(A)) · y}, student scales s, teacher scales t, image i
 * and class k:
 *
 * <ol>
 *   <li>{@code c_{s,t,i,k} = cos(P(Aˢ_student), P(Aᵗ_teacher))} over the pixels; 0 for a zero map.
 *   <li>Attention {@code w = 2 − c}, or another {@link MamConfig.Attention}.
 *   <li>{@code target_s = (1/|t|) Σ_t w_{s,t} · P(Aᵗ_teacher)}, no gradient.
 *   <li>{@code L = Σ_s mean |P(Aˢ_student) − target_s|} over B×K×H×W, or of another {@link
 *       MamConfig.Distance}.
 * </ol>
 *
 * <p>P is zero for absent classes in both networks, so only the n (image, class) pairs with label 1
 * are upsampled, to n×(H·W); the mean still divides by B·K·H·W. The loss is a sum over images and
 * scales.
 *
 * <p>Weights 2 − c are at least 1, so raw maps are asked to grow a little at every step. {@link
 * Normalise#MAX} and {@link Normalise#CONSTANT_MAX}, departures from the paper, compare shapes.
 *
 * <p>With a {@code batch-share} below 1 the first ⌈share·B⌉ images stand for B images everywhere
 * above; the others have no loss. Authors' code takes half of each batch. [authors]
 */
public final class MultiScaleAttention implements SelfSupervision<MultiScaleAttention.Maps> {
  private static final float EPSILON = 1e-5f;

  private final MamConfig config;

  @Inject
  public MultiScaleAttention(MamConfig config) {
    this.config = config;
  }

  /**
   * The teacher's present maps; empty arrays where no image that takes part shows a class.
   *
   * @param batch the images that take part: the first ones of the step's batch, or all; n pairs
   * @param maps present maps n×T×(H·W)
   * @param norms of these maps, n×T×1
   */
  public record Maps(Batch batch, NDArray maps, NDArray norms) {

    int pairs() {
      return batch.whole().present().size();
    }
  }

  @Override
  public Needs needs() {
    return new Needs(config.studentScales(), config.teacherScales(), Needs.Coupling.INDEPENDENT);
  }

  @Override
  public Maps derive(TeacherView teacher, Batch batch, StepContext step) {
    Batch first = takingPart(batch, step.manager());
    BatchPart whole = first.whole();
    if (whole.present().size() == 0) {
      NDArray none = step.manager().zeros(new Shape(0));
      return new Maps(first, none, none);
    }
    try (NDManager scratch = step.manager().newSubManager()) {
      NDList scales = new NDList();
      for (double scale : config.teacherScales()) {
        NDArray raw = teacher.maps(scale).stopGradient();
        raw.attach(scratch);
        scales.add(presentMaps(rows(raw, first.size()), whole));
      }
      NDArray maps = NDArrays.stack(scales, 1);
      NDArray norms = AttentionWeights.norms(maps);
      maps.attach(step.manager());
      norms.attach(step.manager());
      return new Maps(first, maps, norms);
    }
  }

  /** The batch itself, or views of its first images. */
  private Batch takingPart(Batch batch, NDManager manager) {
    double share = config.batchShare() * batch.size() - 1e-9; // 0.07·100 is 7, not 8
    int size = Math.max(1, (int) Math.ceil(share));
    if (size >= batch.size()) {
      return batch;
    }
    NDArray images = rows(batch.images(), size);
    NDArray labels = rows(batch.labels(), size);
    images.attach(manager);
    labels.attach(manager);
    return new Batch(images, labels, batch.examples().subList(0, size), batch.classes());
  }

  /** The first rows, a view, in graph if the array is. */
  private static NDArray rows(NDArray array, long count) {
    return count == array.getShape().get(0)
        ? array
        : array.get(new NDIndex().addSliceDim(0, count));
  }

  private NDArray presentMaps(NDArray raw, BatchPart part) {
    NDArray maps = PresentMaps.rectified(raw, part);
    return switch (config.normalise()) {
      case NONE -> maps;
      case MAX -> maps.div(peaks(maps));
      case CONSTANT_MAX -> maps.div(peaks(maps.stopGradient()));
    };
  }

  private static NDArray peaks(NDArray maps) {
    return maps.max(new int[] {1}, true).add(EPSILON);
  }

  @Override
  public NDArray loss(StudentView student, Maps teacher, StepContext step) {
    return student.scales().stream()
        .map(scale -> lossAt(student.maps(scale), student.part(), teacher, step))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private NDArray lossAt(NDArray raw, BatchPart seen, Maps teacher, StepContext step) {
    int to = Math.min(seen.to(), teacher.batch().size());
    if (teacher.batch().present(Math.min(seen.from(), to), to).size() == 0) {
      return Constants.mul(raw.sum(), 0); // no pair learns anything, but the part has a graph
    }
    BatchPart part = new BatchPart(teacher.batch(), seen.from(), to);
    NDArray maps = presentMaps(rows(raw, part.size()), part);
    Target target = target(maps, part.ofPairs(teacher.maps()), part.ofPairs(teacher.norms()));
    log(maps, target, teacher, step);
    NDArray distance = MapDistance.sum(config.distance(), config.beta(), maps, target.maps());
    return Constants.mul(distance, (float) (1.0 / teacher.batch().mapElements()));
  }

  /**
   * What the student should be at one scale; no gradient.
   *
   * @param attention w, n×T
   * @param maps n×(H·W)
   */
  record Target(NDArray attention, NDArray maps) {}

  /**
   * @param student present maps of n pairs, n×(H·W)
   * @param teacher present maps of the same pairs, n×T×(H·W)
   * @param norms of the teacher's maps, n×T×1
   */
  Target target(NDArray student, NDArray teacher, NDArray norms) {
    NDArray cosines = AttentionWeights.cosines(student.stopGradient(), teacher, norms);
    NDArray weights = AttentionWeights.of(config.attention(), config.temperature(), cosines);
    NDArray sum = weights.expandDims(1).matMul(teacher).squeeze(1);
    return new Target(weights, sum.div(config.teacherScales().size()));
  }

  /** Means over the pairs and scales; their gap shows how much maps are asked to grow. */
  private void log(NDArray maps, Target target, Maps teacher, StepContext step) {
    double pairs = (double) teacher.pairs() * config.studentScales().size();
    double pixels = maps.getShape().get(1);
    step.log("attention", sum(target.attention()) / (pairs * config.teacherScales().size()));
    step.log("student-map", sum(maps.stopGradient()) / (pairs * pixels));
    step.log("target-map", sum(target.maps()) / (pairs * pixels));
  }

  private static double sum(NDArray array) {
    try (NDArray sum = array.sum()) {
      return sum.getFloat();
    }
  }
}
