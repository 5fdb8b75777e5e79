package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One slot during one step: what its module derived from the teacher, and the losses of the parts.
 *
 * @param <G> the module's supervision
 */
final class SlotStep<G> implements StepContext {
  private final Slot slot;
  private final SelfSupervision<G> module;
  private final TrainingClock clock;
  private final NDManager manager;
  private final Map<String, Double> log;
  private final RandomGenerator random;
  private final G said;

  private SlotStep(
      Slot slot, SelfSupervision<G> module, TeacherView teacher, Batch batch, StepFrame frame) {
    this.slot = slot;
    this.module = module;
    this.clock = frame.clock();
    this.manager = frame.manager();
    this.log = frame.log();
    long mixed = 31 * (31 * frame.seed() + slot.name().hashCode()) + clock.step();
    this.random = new SplittableRandom(mixed);
    this.said = named("derive", () -> module.derive(teacher, batch, this));
  }

  /** What all slots of a step share. */
  record StepFrame(TrainingClock clock, NDManager manager, Map<String, Double> log, long seed) {}

  /** Lets the module derive its supervision. */
  static SlotStep<?> derive(Slot slot, TeacherView teacher, Batch batch, StepFrame frame) {
    return of(slot, slot.module(), teacher, batch, frame);
  }

  private static <G> SlotStep<G> of(
      Slot slot, SelfSupervision<G> module, TeacherView teacher, Batch batch, StepFrame frame) {
    return new SlotStep<>(slot, module, teacher, batch, frame);
  }

  NDArray loss(StudentView student) {
    return named("loss", () -> module.loss(student, said, this));
  }

  /** Says whose exception it is: a module knows neither its slot nor the step. */
  private <T> T named(String method, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "epoch %d, step %d of %d: self-supervision.%s (%s) failed in %s: %s; run.log"
                  + " or --debug shows where",
              clock.epoch(),
              clock.step(),
              clock.steps(),
              slot.name(),
              module.getClass().getName(),
              method,
              e),
          e);
    }
  }

  Slot slot() {
    return slot;
  }

  List<Double> studentScales() {
    return module.needs().studentScales();
  }

  @Override
  public TrainingClock clock() {
    return clock;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public void log(String name, double value) {
    log.merge(slot.name() + "/" + name, value, Double::sum);
  }
}
