package dev.wsss.train.teacher;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** The teacher stays what it was at the start: m = 1. */
public final class FrozenTeacher implements TeacherUpdate {

  @Inject
  public FrozenTeacher() {}

  @Override
  public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {
    // Nothing moves, on purpose.
  }
}
