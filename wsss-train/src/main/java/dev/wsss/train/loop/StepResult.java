package dev.wsss.train.loop;

import dev.wsss.api.data.IndexMask;
import java.util.List;
import java.util.Map;

/**
 * What one step gave.
 *
 * @param rate learning rate before group factors
 * @param losses by name, as in {@link dev.wsss.api.listener.StepReport}
 * @param shown labels of pixels that modules show, by name, a mask for each image
 */
public record StepResult(
    double rate, Map<String, Double> losses, Map<String, List<IndexMask>> shown, Seconds seconds) {

  /**
   * Where a step's time went.
   *
   * @param teacher its passes, and what modules derive from them
   * @param student its passes, the losses, and all gradients
   * @param update of the student by the optimiser and of the teacher
   */
  public record Seconds(double teacher, double student, double update) {

    /** From readings of {@link System#nanoTime} before, between and after the three. */
    static Seconds between(long start, long derived, long learned, long end) {
      return new Seconds(
          (derived - start) * 1e-9, (learned - derived) * 1e-9, (end - learned) * 1e-9);
    }

    /** All of the step. */
    public double sum() {
      return teacher + student + update;
    }
  }
}
