package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.tensor.Constants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The losses of one step: sums the parts' by name, refuses what is no finite number, and adds up
 * the weighted total. Numbers that modules log and labels that they show stand beside them.
 */
final class LossLedger {
  static final String CLASSIFICATION = "classification";
  private static final String TOTAL = "total";

  private final StepErrors errors;
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Map<String, List<IndexMask>> shown = new LinkedHashMap<>();

  LossLedger(double classificationWeight, List<Slot> active, StepErrors errors) {
    this.errors = errors;
    weights.put(CLASSIFICATION, classificationWeight);
    active.forEach(slot -> weights.put(slot.name(), slot.weight()));
    weights.keySet().forEach(name -> values.put(name, 0.0));
  }

  /**
   * Counts a part's loss.
   *
   * @return the loss times its weight, in graph
   */
  NDArray add(String name, NDArray loss) {
    if (loss.size() != 1) {
      throw errors.notScalar(name, loss.getShape());
    }
    double value = loss.getFloat();
    if (!Double.isFinite(value)) {
      throw errors.notFinite(name, value);
    }
    log(name, value);
    return Constants.mul(loss, weights.getOrDefault(name, 0.0).floatValue());
  }

  /** Adds to a number that is reported and not learnt from. */
  void log(String name, double value) {
    values.merge(name, value, Double::sum);
  }

  /**
   * Keeps labels of pixels to look at.
   *
   * @throws IllegalArgumentException if they are not one mask for each image of the batch
   */
  void show(String name, List<IndexMask> labels) {
    int images = errors.examples().size();
    if (labels.size() != images) {
      throw new IllegalArgumentException(
          "'%s' shows %d masks of a batch of %d images; allowed is one for each"
              .formatted(name, labels.size(), images));
    }
    shown.put(name, labels);
  }

  Map<String, List<IndexMask>> shown() {
    return shown;
  }

  /**
   * All sums, the weighted total last.
   *
   * @throws TrainingException if the total is above {@code limit}
   */
  Map<String, Double> total(double limit) {
    double total = 0;
    double most = Double.NEGATIVE_INFINITY;
    String largest = CLASSIFICATION;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      double part = weight.getValue() * values.getOrDefault(weight.getKey(), 0.0);
      total += part;
      if (part > most) {
        most = part;
        largest = weight.getKey();
      }
    }
    if (Math.abs(total) > limit) {
      throw errors.diverged(total, limit, largest);
    }
    values.put(TOTAL, total);
    return values;
  }
}
