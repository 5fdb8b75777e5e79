package dev.wsss.train.teacher;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** The teacher is the student of the step before: a moving average with m = 0. */
public final class CopyOfStudent implements TeacherUpdate {

  @Inject
  public CopyOfStudent() {}

  @Override
  public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {
    teacher.copyFrom(student);
  }
}
