package dev.wsss.train.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.HostBatch;
import dev.wsss.train.config.TrainingConfig;
import dev.wsss.train.loop.PartPlan.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One step, in the order of the paper: the teacher derives every slot's supervision from the whole
 * batch, the student learns from it and from the labels part by part, the optimiser moves the
 * student, the update moves the teacher. With frozen batch norm the gradient is the same however
 * the batch is cut.
 */
public final class TrainingStep implements LoopStep {
  private final NDManager root;
  private final CamNetwork student;
  private final CamNetwork teacher;
  private final List<Slot> slots;
  private final Map<String, Parameter> learned;
  private final ClassificationLoss classification;
  private final StudentUpdate studentUpdate;
  private final TeacherUpdate teacherUpdate;
  private final ClassNames classes;
  private final TrainingConfig config;
  private final EngineDraws draws;

  public TrainingStep(
      NDManager root,
      CamNetwork student,
      CamNetwork teacher,
      List<Slot> slots,
      ClassificationLoss classification,
      StudentUpdate studentUpdate,
      TeacherUpdate teacherUpdate,
      ClassNames classes,
      TrainingConfig config) {
    this.root = root;
    this.student = student;
    this.teacher = teacher;
    this.slots = List.copyOf(slots);
    this.learned = Slot.learnedWith(student, slots);
    this.classification = classification;
    this.studentUpdate = studentUpdate;
    this.teacherUpdate = teacherUpdate;
    this.classes = classes;
    this.config = config;
    this.draws = new EngineDraws(config.seed());
  }

  /**
   * Learns from one batch.
   *
   * @throws TrainingException if a module fails, a loss is not finite or the total diverges
   */
  @Override
  public StepResult run(HostBatch host, TrainingClock clock) {
    draws.begin(clock);
    try (NDManager manager = root.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Batch batch = upload(host, manager, classes);
      List<Slot> active = slots.stream().filter(slot -> slot.activeAt(clock)).toList();
      StepErrors errors = new StepErrors(clock, batch.examples(), learned);
      LossLedger losses = new LossLedger(config.classificationWeight(), active, errors);
      ScaledImages images = new ScaledImages(batch.images());

      long start = System.nanoTime();
      List<SlotStep<?>> supervisions = derive(active, batch, images, losses, errors);
      long derived = System.nanoTime();
      for (Part part : new PartPlan(student, config.microBatch()).parts(active, batch, images)) {
        learn(part, images, supervisions, losses, errors);
      }
      Map<String, Double> sums = losses.total(config.divergenceLoss());
      long learned = System.nanoTime();
      double rate = studentUpdate.apply(clock, errors);
      errors.running(
          "teacher", teacherUpdate, "update", () -> teacherUpdate.update(student, teacher, clock));
      long end = System.nanoTime();

      return new StepResult(
          rate, sums, losses.shown(), StepResult.Seconds.between(start, derived, learned, end));
    }
  }

  static Batch upload(HostBatch host, NDManager manager, ClassNames classes) {
    Shape shape = new Shape(host.examples().size(), 3, host.side(), host.side());
    return Batch.of(manager.create(host.images(), shape), host.examples(), classes);
  }

  /** SupportNet looks at the whole batch; no gradient. */
  private List<SlotStep<?>> derive(
      List<Slot> active, Batch batch, ScaledImages images, LossLedger losses, StepErrors errors) {
    TreeSet<Double> scales = new TreeSet<>();
    active.forEach(slot -> scales.addAll(slot.module().needs().teacherScales()));
    TeacherPasses passes = new TeacherPasses(teacher, images, scales, config.precision());
    List<SlotStep<?>> supervisions = new ArrayList<>();
    for (Slot slot : active) {
      TrainingClock clock = errors.clock();
      var random = SlotRandom.of(config.seed(), slot.name(), clock.step());
      NDManager manager = batch.images().getManager();
      SlotContext context = new SlotContext(slot.name(), clock, random, manager, losses);
      TeacherView view =
          slot.refinement().refiners().isEmpty()
              ? passes
              : new RefinedTeacher(passes, batch, teacher.input(), slot);
      supervisions.add(SlotStep.derive(slot, view, batch, context, errors));
    }
    return supervisions;
  }

  /** MainNet learns from some images at some scales: labels first, then every slot. */
  private void learn(
      Part part,
      ScaledImages images,
      List<SlotStep<?>> supervisions,
      LossLedger losses,
      StepErrors errors) {
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      StudentPasses passes = new StudentPasses(student, images, part.images(), config.precision());
      List<NDArray> terms = new ArrayList<>();
      if (part.classifies() && config.classificationWeight() > 0) {
        terms.add(losses.add(LossLedger.CLASSIFICATION, classify(part, passes, errors)));
      }
      for (SlotStep<?> supervision : supervisions) {
        for (List<Double> seen : part.seenBy(supervision.needs())) {
          terms.add(losses.add(supervision.name(), supervision.loss(passes.view(seen))));
        }
      }
      terms.stream().reduce(NDArray::add).ifPresent(collector::backward);
    }
  }

  private NDArray classify(Part part, StudentPasses passes, StepErrors errors) {
    NDArray logits = student.logits(passes.at(1).maps());
    return errors.named(
        "classification-loss",
        classification,
        "loss",
        () -> classification.loss(logits, part.images()));
  }
}
