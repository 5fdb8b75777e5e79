package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;

/**
 * One slot during one step: its module with the supervision that it derived.
 *
 * @param <S> the module's supervision
 */
record SlotStep<S>(
    String name, SelfSupervision<S> module, S supervision, StepContext context, StepErrors errors) {

  /** Lets the slot's module derive its supervision from the whole batch. */
  static SlotStep<?> derive(
      Slot slot, TeacherView teacher, Batch batch, StepContext context, StepErrors errors) {
    return derive(slot.name(), slot.module(), teacher, batch, context, errors);
  }

  private static <S> SlotStep<S> derive(
      String name,
      SelfSupervision<S> module,
      TeacherView teacher,
      Batch batch,
      StepContext context,
      StepErrors errors) {
    S supervision =
        errors.named(key(name), module, "derive", () -> module.derive(teacher, batch, context));
    return new SlotStep<>(name, module, supervision, context, errors);
  }

  /** Loss of a part of the batch, in graph. */
  NDArray loss(StudentView student) {
    return errors.named(
        key(name), module, "loss", () -> module.loss(student, supervision, context));
  }

  Needs needs() {
    return module.needs();
  }

  private static String key(String name) {
    return "self-supervision." + name;
  }
}
