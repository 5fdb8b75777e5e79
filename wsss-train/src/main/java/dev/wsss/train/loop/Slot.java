package dev.wsss.train.loop;

import ai.djl.nn.Parameter;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.refine.Refinement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A self-supervision module under its slot's name.
 *
 * @param weight factor λ of its loss
 * @param fromEpoch first epoch, from 1, in which it counts
 * @param fromStep first step of the run, from 1, in which it counts
 * @param refinement of the teacher's maps before the module sees them; without refiners none
 */
public record Slot(
    String name,
    double weight,
    int fromEpoch,
    long fromStep,
    Refinement refinement,
    SelfSupervision<?> module) {

  /** Before the names of parameters of slots' own layers. */
  public static final String LAYERS = "slots.";

  /**
   * All that the optimiser moves: the student's parameters, then those of slots' own layers under
   * {@code slots.NAME.…}.
   */
  public static Map<String, Parameter> learnedWith(CamNetwork student, List<Slot> slots) {
    Map<String, Parameter> learned = new LinkedHashMap<>(student.parameters());
    learned.putAll(layersOf(slots));
    return Collections.unmodifiableMap(learned);
  }

  /** The parameters of slots' own layers, by {@code slots.NAME.…}. */
  public static Map<String, Parameter> layersOf(List<Slot> slots) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Slot slot : slots) {
      slot.module()
          .layers()
          .ifPresent(
              layers ->
                  layers
                      .parameters()
                      .forEach(
                          (name, parameter) ->
                              parameters.put(LAYERS + slot.name() + "." + name, parameter)));
    }
    return parameters;
  }

  boolean activeAt(TrainingClock clock) {
    return clock.epoch() >= fromEpoch && clock.step() >= fromStep;
  }
}
