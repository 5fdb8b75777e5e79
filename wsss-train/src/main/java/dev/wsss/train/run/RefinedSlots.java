package dev.wsss.train.run;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.loop.Slot;
import java.util.List;

/** Checks that refiners of a slot have maps to refine. */
final class RefinedSlots {

  private RefinedSlots() {}

  /**
   * Checks that modules whose slots have refiners look at the teacher.
   *
   * @throws ConfigException naming each slot whose module does not
   */
  static void require(List<Slot> slots) {
    List<String> problems =
        slots.stream()
            .filter(slot -> !slot.refinement().refiners().isEmpty())
            .filter(slot -> slot.module().needs().teacherScales().isEmpty())
            .map(
                slot ->
                    "self-supervision.%s.refine: the module of this slot looks at no map of the teacher, so nothing would be refined; remove refine"
                        .formatted(slot.name()))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
