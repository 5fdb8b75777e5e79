package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.OwnLayers;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pixel-to-prototype contrast (Du et al., "Weakly Supervised Semantic Segmentation by
 * Pixel-to-Prototype Contrast", CVPR 2022, arXiv 2110.07110): a pixel of one view of a picture
 * should resemble its class's prototype of the other view.
 *
 * <p>The views are the picture at scale 1 and at view-scale. With B images, K classes, D channels
 * and the grid h×w of the smaller view, for each view v:
 *
 * <ol>
 *   <li>{@link MapShares}: the teacher's maps, resized to h×w, rectified, each divided by its
 *       maximum; {@code label_v(p)} is the class with the largest share if that reaches the
 *       threshold, else background.
 *   <li>Prototypes {@code P_{v,k} = normalise(Σ_p w_k(p)·F_v(p))} of the teacher's features over
 *       the pixels of the whole batch, whose weight is the share if it is among the class's {@code
 *       pixels} largest; (K+1)×D.
 *   <li>Contrast of the student's pixels {@code q_v = F_v/‖F_v‖} on h×w: {@code c(v, l, P) = mean
 *       over B×h×w of −log softmax(T·⟨q_v(p), P⟩)[l(p)]}.
 *   <li>{@code L = ½ Σ_v [cross-prototype-weight · c(v, label_v, P_o) + cross-cam-weight · c(v,
 *       label_o, P_v) + intra-view-weight · c(v, label_v, P_v)]} with the other view o.
 * </ol>
 *
 * <p>Here F are the network's features behind a linear projection of the module's own, {@link
 * Projection}, where {@code projection} is not 0; it learns by this loss alone and is the same for
 * student and teacher.
 *
 * <p>Dot products commute with resizing and masked sums of resized features are an adjoint, so no
 * features are resized. Labels and prototypes carry no gradient: the loss is a sum over images and
 * views.
 *
 * <p>Departures from the paper and the authors' code:
 *
 * <ul>
 *   <li>Labels and prototypes are the teacher's; the authors take the one network's own, without
 *       gradient [choice].
 *   <li>The projection stands on the features that the maps are made of, which have D channels and
 *       a ReLU, and is linear; the authors' stands on the backbone's last features and ends in a
 *       ReLU [choice].
 *   <li>Maps are plain ones; the authors build on SEAM and take its correlated maps [choice].
 *   <li>The background prototype is the mean of all pixels labelled background, weighted by {@code
 *       1 − max_k}. The authors' background has one constant score, so that its top pixels are
 *       arbitrary ones [choice].
 *   <li>Only images that show a class make its prototype, a class without prototype is left out of
 *       the softmax, and pixels of such a class do not count (the mean is still over all) [choice].
 *   <li>The intra-view contrast has no mining of hard pixels and prototypes [choice].
 * </ul>
 */
public final class PixelToPrototype implements SelfSupervision<PixelToPrototype.Targets> {
  private static final double ONE = 1.0;

  private final PixelToPrototypeConfig config;

  /** Empty where pixels and prototypes are compared on the features themselves. */
  private final Optional<OwnLayers> projection;

  @Inject
  public PixelToPrototype(PixelToPrototypeConfig config) {
    this.config = config;
    this.projection = Projection.layers(config.projection());
  }

  /**
   * What the pixels of one view should resemble.
   *
   * @param scale of the view
   * @param weight factor of this contrast
   * @param prototypes of unit length, 1×M×D
   * @param labels which prototype each pixel should resemble, B×1×h×w, int64
   * @param counts 1 for each pixel whose class has a prototype, else 0; B×1×h×w
   */
  public record Contrast(
      double scale, double weight, NDArray prototypes, NDArray labels, NDArray counts) {}

  /** All contrasts of the batch; none where nothing has a prototype. */
  public record Targets(List<Contrast> contrasts) {}

  @Override
  public Needs needs() {
    List<Double> scales = List.of(config.viewScale(), ONE);
    return new Needs(scales, scales, Needs.Coupling.INDEPENDENT);
  }

  @Override
  public Optional<OwnLayers> layers() {
    return projection;
  }

  @Override
  public Targets derive(TeacherView teacher, Batch batch, StepContext step) {
    NDManager manager = step.manager();
    Shape grid = teacher.features(config.viewScale()).getShape();
    LabelledView small = view(teacher, config.viewScale(), grid, batch, manager);
    LabelledView large = view(teacher, ONE, grid, batch, manager);
    step.log("background", (small.backgroundShare() + large.backgroundShare()) / 2);
    step.log("prototypes", (small.classes().size() + large.classes().size()) / 2.0);
    step.log("agreement", small.agreement(large));
    step.show("labels", () -> large.pictures(grid));
    step.show("labels-at-" + config.viewScale(), () -> small.pictures(grid));
    Shape pixels = new Shape(batch.size(), 1, grid.get(2), grid.get(3));
    return new Targets(
        Stream.concat(
                contrasts(config.viewScale(), small, large, pixels, manager),
                contrasts(ONE, large, small, pixels, manager))
            .filter(contrast -> contrast.weight() > 0 && contrast.prototypes().size() > 0)
            .toList());
  }

  private LabelledView view(
      TeacherView teacher, double scale, Shape grid, Batch batch, NDManager manager) {
    NDArray shared = teacher.features(scale);
    NDArray features = projection.map(own -> own.evaluate(shared)).orElse(shared);
    return LabelledView.of(teacher.maps(scale), features, grid, batch, config, manager);
  }

  private Stream<Contrast> contrasts(
      double scale, LabelledView own, LabelledView other, Shape pixels, NDManager manager) {
    return Stream.of(
        contrast(scale, config.crossPrototypeWeight(), own, other, pixels, manager),
        contrast(scale, config.crossCamWeight(), other, own, pixels, manager),
        contrast(scale, config.intraViewWeight(), own, own, pixels, manager));
  }

  private static Contrast contrast(
      double scale,
      double weight,
      LabelledView labelled,
      LabelledView shown,
      Shape pixels,
      NDManager manager) {
    return new Contrast(
        scale,
        weight,
        shown.prototypes(),
        Constants.of(manager, shown.targets(labelled), pixels.getShape()),
        Constants.of(manager, shown.counts(labelled), pixels.getShape()));
  }

  @Override
  public NDArray loss(StudentView student, Targets teacher, StepContext step) {
    return student.scales().stream()
        .map(scale -> loss(student.features(scale), scale, student.part(), teacher))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private NDArray loss(NDArray shared, double scale, BatchPart part, Targets teacher) {
    NDArray features = projection.map(own -> own.learn(shared)).orElse(shared);
    return teacher.contrasts().stream()
        .filter(contrast -> contrast.scale() == scale)
        .map(contrast -> loss(features, contrast, part))
        .reduce(NDArray::add)
        .orElseGet(() -> Constants.mul(features.sum(), 0)); // learns nothing, but has a graph
  }

  /** One contrast's share of the loss; |z| is at most 80, so that no maximum is subtracted. */
  private NDArray loss(NDArray features, Contrast contrast, BatchPart part) {
    Shape shape = features.getShape();
    Shape grid = contrast.labels().getShape();
    int h = (int) grid.get(2);
    int w = (int) grid.get(3);
    NDArray flat = features.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    NDArray products =
        contrast.prototypes().matMul(flat).reshape(shape.get(0), -1, shape.get(2), shape.get(3));
    NDArray cosines = Bilinear.resize(products, h, w).mul(Bilinear.inverseNorm(features, h, w));
    NDArray logits = Constants.mul(cosines, (float) config.temperature());
    NDArray evidence = logits.exp().sum(new int[] {1}, true).log();
    NDArray own = logits.gather(part.of(contrast.labels()), 1);
    NDArray counted = evidence.sub(own).mul(part.of(contrast.counts())).sum();
    return Constants.mul(counted, (float) (contrast.weight() / (2.0 * grid.size())));
  }
}
