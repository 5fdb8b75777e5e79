package dev.wsss.train.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.train.config.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One step: the teacher derives every slot's supervision from the whole batch, the student learns
 * from it and from the labels part by part, the optimiser moves the student, the update moves the
 * teacher.
 *
 * <p>A part is some images at one scale (or at several, where a module couples them); its graph is
 * released before the next part runs, so memory follows the largest part and not the sum. With
 * frozen batch norm the gradient is the same however the batch is cut.
 */
public final class TrainingStep {
  private static final String CLASSIFICATION = "classification";
  private static final double ONE = 1.0;

  private final NDManager root;
  private final CamNetwork student;
  private final CamNetwork teacher;
  private final List<Slot> slots;
  private final SgdOptimiser optimiser;
  private final TeacherUpdate teacherUpdate;
  private final ClassNames classes;
  private final TrainingConfig config;

  public TrainingStep(
      NDManager root,
      CamNetwork student,
      CamNetwork teacher,
      List<Slot> slots,
      SgdOptimiser optimiser,
      TeacherUpdate teacherUpdate,
      ClassNames classes,
      TrainingConfig config) {
    this.root = root;
    this.student = student;
    this.teacher = teacher;
    this.slots = List.copyOf(slots);
    this.optimiser = optimiser;
    this.teacherUpdate = teacherUpdate;
    this.classes = classes;
    this.config = config;
  }

  /** The rate before group factors, losses by name as in {@code StepReport}, and time. */
  public record Outcome(double rate, Map<String, Double> losses, Seconds seconds) {}

  /**
   * Where a step's time went.
   *
   * @param teacher its passes, and what modules derive from them
   * @param student its passes, the losses, and all gradients
   * @param update of the student by the optimiser and of the teacher
   */
  public record Seconds(double teacher, double student, double update) {

    /** All of the step. */
    public double sum() {
      return teacher + student + update;
    }
  }

  /**
   * Learns from one batch.
   *
   * @throws TrainingException if a loss is not finite or the total diverges
   */
  public Outcome run(HostBatch host, TrainingClock clock) {
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Batch batch = upload(host, manager, classes);
      Map<String, Double> losses = new LinkedHashMap<>();
      losses.put(CLASSIFICATION, 0.0);
      List<Slot> active = slots.stream().filter(s -> s.activeAt(clock)).toList();
      active.forEach(slot -> losses.put(slot.name(), 0.0));

      long start = System.nanoTime();
      ScaledImages images = new ScaledImages(batch.images());
      List<SlotStep<?>> supervisions = derive(active, images, batch, clock, manager, losses);
      long derived = System.nanoTime();
      for (List<Double> scales : parts(active)) {
        learn(scales, supervisions, images, batch, clock, losses);
      }
      losses.put("total", checkedTotal(active, batch, clock, losses));

      long learned = System.nanoTime();
      double rate = optimiser.apply(clock);
      updateTeacher(clock);
      long end = System.nanoTime();
      Seconds seconds =
          new Seconds(seconds(start, derived), seconds(derived, learned), seconds(learned, end));
      return new Outcome(rate, losses, seconds);
    }
  }

  private void updateTeacher(TrainingClock clock) {
    try {
      teacherUpdate.update(student, teacher, clock);
    } catch (RuntimeException e) {
      throw new TrainingException(
          where(clock)
              + ": teacher ("
              + teacherUpdate.getClass().getName()
              + ") failed in update: "
              + e
              + "; run.log or --debug shows where",
          e);
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) * 1e-9;
  }

  static Batch upload(HostBatch host, NDManager manager, ClassNames classes) {
    int size = host.examples().size();
    Shape shape = new Shape(size, 3, host.side(), host.side());
    NDArray images = manager.create(host.images(), shape);
    return Batch.of(images, host.examples(), classes);
  }

  /** Phase one: SupportNet says what it sees; no gradient. */
  private List<SlotStep<?>> derive(
      List<Slot> active,
      ScaledImages images,
      Batch batch,
      TrainingClock clock,
      NDManager manager,
      Map<String, Double> log) {
    var frame = new SlotStep.StepFrame(clock, manager, log, config.seed());
    List<SlotStep<?>> supervisions = new ArrayList<>();
    TreeSet<Double> all =
        active.stream()
            .flatMap(s -> s.module().needs().teacherScales().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    TeacherPasses passes = new TeacherPasses(teacher, images, all);
    for (Slot slot : active) {
      supervisions.add(SlotStep.derive(slot, passes, batch, frame));
    }
    return supervisions;
  }

  /**
   * The scales of each part. Scale 1 comes first: classification is there. Scales that one module
   * couples share a part with it; every other scale is a part of its own.
   */
  private static List<List<Double>> parts(List<Slot> active) {
    TreeSet<Double> together = new TreeSet<>(List.of(ONE));
    TreeSet<Double> single = new TreeSet<>();
    for (Slot slot : active) {
      Needs needs = slot.module().needs();
      (needs.coupling() == Needs.Coupling.JOINT ? together : single).addAll(needs.studentScales());
    }
    List<List<Double>> parts = new ArrayList<>();
    parts.add(List.copyOf(together));
    single.removeAll(together);
    single.forEach(scale -> parts.add(List.of(scale)));
    return parts;
  }

  /** Phase two: MainNet learns, a micro-batch at a time. */
  private void learn(
      List<Double> scales,
      List<SlotStep<?>> supervisions,
      ScaledImages images,
      Batch batch,
      TrainingClock clock,
      Map<String, Double> losses) {
    scales.forEach(images::at); // resized outside the part's scope: the next micro-batch needs it
    int micro = imagesAtOnce(scales, images, batch);
    for (int from = 0; from < batch.size(); from += micro) {
      int to = Math.min(batch.size(), from + micro);
      try (NDScope scope = new NDScope();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        scope.suppressNotUsedWarning();
        StudentPart part = new StudentPart(student, images, batch, from, to);
        List<NDArray> terms = new ArrayList<>();
        if (scales.contains(ONE) && config.classificationWeight() > 0) {
          NDArray logits = student.logits(part.pass(ONE).maps());
          NDArray loss = ClassificationLoss.of(logits, batch, from, to);
          count(CLASSIFICATION, loss, batch, clock, losses);
          terms.add(Constants.mul(loss, (float) config.classificationWeight()));
        }
        for (SlotStep<?> supervision : supervisions) {
          for (List<Double> seen : seenBy(supervision.slot(), scales)) {
            NDArray loss = supervision.loss(part.view(seen));
            count(supervision.slot().name(), loss, batch, clock, losses);
            terms.add(Constants.mul(loss, (float) supervision.slot().weight()));
          }
        }
        if (!terms.isEmpty()) {
          collector.backward(terms.stream().reduce(NDArray::add).orElseThrow());
        }
      }
    }
  }

  private int imagesAtOnce(List<Double> scales, ScaledImages images, Batch batch) {
    if (config.microBatch() > 0) {
      return config.microBatch();
    }
    return student.imagesAreIndependent()
        ? Parts.size(scales.stream().mapToLong(images::pixels).sum(), student.strideInPixels())
        : batch.size();
  }

  /** The views of a part that one module gets: all its scales at once where coupled, else each. */
  private static List<List<Double>> seenBy(Slot slot, List<Double> scales) {
    Needs needs = slot.module().needs();
    List<Double> own = needs.studentScales().stream().filter(scales::contains).toList();
    if (needs.coupling() == Needs.Coupling.JOINT) {
      return own.isEmpty() ? List.of() : List.of(own);
    }
    return own.stream().map(List::of).toList();
  }

  private void count(
      String name, NDArray loss, Batch batch, TrainingClock clock, Map<String, Double> losses) {
    double value = loss.getFloat();
    if (!Double.isFinite(value)) {
      throw new TrainingException(
          where(clock)
              + ": loss '"
              + name
              + "' is "
              + value
              + (parametersFinite() ? "" : "; the parameters were not finite before this step")
              + "; batch: "
              + ids(batch)
              + "; lower optimiser.rate or set optimiser.clip-norm"
              + kept(clock));
    }
    losses.merge(name, value, Double::sum);
  }

  private boolean parametersFinite() {
    return student.parameters().values().stream()
        .allMatch(p -> Float.isFinite(p.getArray().sum().getFloat()));
  }

  private double checkedTotal(
      List<Slot> active, Batch batch, TrainingClock clock, Map<String, Double> losses) {
    double total = config.classificationWeight() * losses.getOrDefault(CLASSIFICATION, 0.0);
    String largest = CLASSIFICATION;
    double most = total;
    for (Slot slot : active) {
      double part = slot.weight() * losses.getOrDefault(slot.name(), 0.0);
      total += part;
      if (part > most) {
        most = part;
        largest = slot.name();
      }
    }
    if (Math.abs(total) > config.divergenceLoss()) {
      throw new TrainingException(
          String.format(
              java.util.Locale.ROOT,
              "%s: training diverges: total loss %.4g is above training.divergence-loss %.4g, most"
                  + " of it from '%s'; batch: %s; lower optimiser.rate or set optimiser.clip-norm%s",
              where(clock),
              total,
              config.divergenceLoss(),
              largest,
              ids(batch),
              kept(clock)));
    }
    return total;
  }

  private static String where(TrainingClock clock) {
    return "epoch " + clock.epoch() + ", step " + clock.step() + " of " + clock.steps();
  }

  /** Ends a message: which checkpoint is kept, if there is one. */
  static String kept(TrainingClock clock) {
    return clock.epoch() > 1 ? "; the checkpoint of epoch " + (clock.epoch() - 1) + " is kept" : "";
  }

  private static String ids(Batch batch) {
    return batch.examples().stream().map(Example::id).collect(Collectors.joining(", "));
  }
}
