package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.OwnLayers;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.training.Stateful;
import dev.wsss.rcm.RcmConfig.PrototypePooling;
import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The regional contrastive module (arXiv 2112.05351): each pixel of the student should resemble the
 * prototype of the region in which the teacher sees it, among the prototypes of all classes and of
 * the background.
 *
 * <p>With B images, K classes, D channels, a grid h×w and pictures H×W:
 *
 * <ol>
 *   <li>{@link RegionLabels}: {@code label(p)}, B×H×W, from the teacher's maps over all scales.
 *   <li>{@link Prototypes}: {@code P_k}, k = 0…K, from the teacher's features at scale 1 and the
 *       regions of its scale-1 maps; one set for the batch, (K+1)×D, or one for each image.
 *   <li>Contrast: {@code q = up(F)/‖up(F)‖} of the student, {@code z_k(p) = T·⟨q(p), P_k⟩}, and
 *       {@code L = mean over all pixels of the batch of −log softmax(z)[label(p)]}.
 * </ol>
 *
 * <p>No B×D×H×W array is made, and nothing is approximated:
 *
 * <ul>
 *   <li>Dot products commute with upsampling, {@code z = T·up(⟨F, P⟩)/‖up(F)‖}, and {@link
 *       Bilinear#inverseNorm} needs the small grid only.
 *   <li>A class without prototype has logit 0 everywhere, so one such class stands for all: with U
 *       of them, {@code −log softmax(z)[l] = log(Σ_m exp(z_m) + U − 1) − z_l} over the M classes
 *       with a prototype and the one. No maximum is subtracted, since |z| ≤ T ≤ 80.
 *   <li>Labels and prototypes carry no gradient, so the loss is a sum over images.
 * </ul>
 *
 * <p>With {@code projection} P > 0 the same holds of {@code W·F} in place of F, in student and
 * teacher, where W, P×D, learns by this loss alone. It is the idea of pixel-to-prototype contrast
 * (arXiv 2110.07110): features that serve classification need not give way to the contrast. There
 * the projection has a layer of its own on the backbone; here it stands on F [choice].
 *
 * <p>Where a student's upsampled feature is the zero vector, all logits are 0 and, unlike a
 * division by a clamped norm, no gradient flows.
 *
 * <p>With the authors' leave-one-out pooling a class that one image alone shows has no prototype
 * for that image: its pixels are pushed from the other prototypes and pulled nowhere.
 */
public final class RegionalContrast implements SelfSupervision<RegionalContrast.Regions>, Stateful {
  private static final double ONE = 1.0;

  private final RcmConfig config;
  private final PrototypeMemory memory;
  private final OpenBand open;

  /** Empty where pixels and prototypes are compared on the features themselves. */
  private final Optional<OwnLayers> projection;

  /** τ of the labels, from the maps over all scales. */
  private final RegionThreshold labelThreshold;

  /** τ of the regions of the prototypes, from the maps of scale 1. */
  private final RegionThreshold prototypeThreshold;

  /**
   * @throws IllegalArgumentException if prototypes of the other images are asked for and a batch
   *     has no other images
   */
  @Inject
  public RegionalContrast(RcmConfig config, ClassNames classes, TrainingShape shape) {
    if (config.prototypePooling() == PrototypePooling.LEAVE_ONE_OUT && shape.batchSize() < 2) {
      throw new IllegalArgumentException(
          "prototype-pooling is leave-one-out, which averages over the other images of a batch, but"
              + " training.batch is "
              + shape.batchSize()
              + "; choose prototype-pooling batch or memory, or a batch of at least 2");
    }
    this.config = config;
    this.open = new OpenBand(config.ignore().get(0), config.ignore().get(1));
    this.labelThreshold = threshold(config);
    this.prototypeThreshold = threshold(config);
    this.memory = new PrototypeMemory(classes.count() + 1, config.memorySize());
    this.projection = Projection.layers(config.projection());
  }

  private static RegionThreshold threshold(RcmConfig config) {
    return switch (config.thresholdRule()) {
      case FIXED -> best -> config.threshold();
      case SHARE -> new BackgroundShare(config.backgroundShare());
      case OTSU -> new OtsuThreshold();
    };
  }

  /**
   * The regions in which the teacher sees the batch.
   *
   * @param labels B×1×H×W, int64: which prototype each pixel should resemble
   * @param prototypes of unit length or zero, 1×M×D where all images share them, else B×M×D
   * @param classes class of each of the M prototypes, K for background, ascending; of the classes
   *     that have none, only the first is here
   * @param moreZeros number of further classes without prototype
   * @param counts 1 for each pixel that counts, else 0; B×1×H×W, or B×1×1×1 where all pixels of an
   *     image count or none does
   */
  public record Regions(
      NDArray labels, NDArray prototypes, List<Integer> classes, int moreZeros, NDArray counts) {}

  @Override
  public Needs needs() {
    List<Double> teacher =
        Stream.concat(config.teacherScales().stream(), Stream.of(ONE)).distinct().sorted().toList();
    return new Needs(List.of(ONE), teacher, Needs.Coupling.INDEPENDENT);
  }

  @Override
  public Optional<OwnLayers> layers() {
    return projection;
  }

  @Override
  public Regions derive(TeacherView teacher, Batch batch, StepContext step) {
    try (NDManager scratch = step.manager().newSubManager()) {
      RegionLabels regions = new RegionLabels(scratch, batch);
      NDArray single = regions.scores(within(scratch, teacher.maps(ONE)));
      NDArray total =
          config.teacherScales().stream()
              .map(s -> s == ONE ? single : regions.scores(within(scratch, teacher.maps(s))))
              .reduce(NDArray::add)
              .orElseThrow();
      NDArray shared = within(scratch, teacher.features(ONE));
      NDArray features = projection.map(own -> own.evaluate(shared)).orElse(shared);
      NDArray each =
          Prototypes.ofImages(
                  features, regions, regions.winners(single, prototypeThreshold, open).winners())
              .mul(counts(regions, single).reshape(batch.size(), 1, 1));
      RegionLabels.Found found = regions.winners(total, labelThreshold, open);
      NDArray winners = found.winners();
      NDArray images = counts(regions, total);
      step.log("background", regions.backgroundShare(winners));
      step.log("ignored", regions.openShare(winners));
      if (!Double.isNaN(found.threshold())) {
        step.log("threshold", found.threshold());
      }
      step.log("images", images.sum().getFloat());
      NDArray counts = open.isEmpty() ? images : images.mul(regions.labelled(winners));
      step.show("labels", () -> regions.pictures(winners, counts.toFloatArray()));
      return contrast(regions, winners, pool(each, scratch), counts, step);
    }
  }

  /** 1 for each image whose pixels count, else 0; B×1×1×1. */
  private NDArray counts(RegionLabels regions, NDArray scores) {
    return switch (config.emptyMaps()) {
      case BACKGROUND -> regions.all();
      case IGNORE -> regions.complete(scores);
    };
  }

  /** Leaves out all but one of the classes that have no prototype. */
  private static Regions contrast(
      RegionLabels regions, NDArray winners, NDArray prototypes, NDArray counts, StepContext step) {
    BitSet shown = Prototypes.shown(prototypes);
    step.log("prototypes", shown.cardinality());
    int classes = (int) prototypes.getShape().get(1);
    int zero = shown.nextClearBit(0);
    List<Integer> kept =
        IntStream.range(0, classes).filter(k -> shown.get(k) || k == zero).boxed().toList();
    long[] labelOfClass =
        LongStream.range(0, classes)
            .map(k -> kept.indexOf(shown.get((int) k) ? (int) k : zero))
            .toArray();
    NDArray labels = regions.labels(winners, labelOfClass);
    long[] index = kept.stream().mapToLong(k -> k).toArray();
    NDArray rows = Constants.of(prototypes.getManager(), index, index.length);
    NDArray few = prototypes.get(new NDIndex(":, {}", rows));
    labels.attach(step.manager());
    few.attach(step.manager());
    counts.attach(step.manager());
    return new Regions(labels, few, kept, classes - kept.size(), counts);
  }

  /** A view of {@code array} whose results belong to {@code manager}. */
  private static NDArray within(NDManager manager, NDArray array) {
    NDArray view = array.stopGradient();
    view.attach(manager);
    return view;
  }

  private NDArray pool(NDArray each, NDManager manager) {
    return switch (config.prototypePooling()) {
      case BATCH -> Prototypes.ofBatch(each);
      case LEAVE_ONE_OUT -> Prototypes.ofOthers(each);
      case MEMORY -> {
        int channels = (int) each.getShape().get(2);
        memory.remember(each.toFloatArray(), channels);
        float[] means = memory.means(channels);
        yield Prototypes.normalised(
            Constants.of(manager, means, 1, each.getShape().get(1), channels));
      }
    };
  }

  @Override
  public NDArray loss(StudentView student, Regions teacher, StepContext step) {
    Batch batch = student.batch();
    NDArray shared = student.features(ONE);
    NDArray features = projection.map(own -> own.learn(shared)).orElse(shared);
    NDArray prototypes = teacher.prototypes();
    if (prototypes.getShape().get(0) > 1) {
      prototypes = student.part().of(prototypes);
    }
    long b = features.getShape().get(0);
    long h = features.getShape().get(2);
    long w = features.getShape().get(3);
    NDArray flat = features.reshape(b, features.getShape().get(1), h * w);
    NDArray products = prototypes.matMul(flat).reshape(b, -1, h, w);
    NDArray raised =
        Bilinear.resize(
            Constants.mul(products, (float) config.temperature()), batch.height(), batch.width());
    NDArray logits = raised.mul(Bilinear.inverseNorm(features, batch.height(), batch.width()));
    NDArray evidence = logits.exp().sum(new int[] {1}, true).add((float) teacher.moreZeros()).log();
    NDArray own = logits.gather(student.part().of(teacher.labels()), 1);
    double pixels = (double) batch.size() * batch.height() * batch.width();
    NDArray counted = evidence.sub(own).mul(student.part().of(teacher.counts()));
    return Constants.mul(counted.sum(), (float) (1 / pixels));
  }

  @Override
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>(memory.state());
    histograms().forEach((name, histogram) -> state.put(name, histogram.state()));
    return state;
  }

  @Override
  public void restore(Map<String, float[]> state) {
    Map<String, float[]> ofMemory = new LinkedHashMap<>(state);
    Map<BackgroundShare, float[]> ofHistograms = new LinkedHashMap<>();
    histograms()
        .forEach(
            (name, histogram) -> {
              float[] bins = ofMemory.remove(name);
              if (bins == null) {
                throw new IllegalArgumentException(
                    "rcm's thresholds need '" + name + "', found " + state.keySet());
              }
              BackgroundShare.check(bins);
              ofHistograms.put(histogram, bins);
            });
    memory.restore(ofMemory);
    ofHistograms.forEach(BackgroundShare::restore);
  }

  private Map<String, BackgroundShare> histograms() {
    return labelThreshold instanceof BackgroundShare ofLabels
            && prototypeThreshold instanceof BackgroundShare ofPrototypes
        ? Map.of("label-histogram", ofLabels, "prototype-histogram", ofPrototypes)
        : Map.of();
  }
}
