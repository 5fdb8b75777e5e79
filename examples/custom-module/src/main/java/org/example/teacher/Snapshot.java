package org.example.teacher;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** The teacher becomes the student at every n-th step and stays so until the next. */
public final class Snapshot implements TeacherUpdate {
  private final int every;

  @Inject
  public Snapshot(SnapshotConfig config) {
    this.every = config.every();
  }

  @Override
  public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {
    if (clock.step() % every == 0) {
      teacher.copyFrom(student);
    }
  }
}
