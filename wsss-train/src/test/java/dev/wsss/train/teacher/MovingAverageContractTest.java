package dev.wsss.train.teacher;

import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.testing.TeacherUpdateContract;

final class MovingAverageContractTest extends TeacherUpdateContract {
  @Override
  protected TeacherUpdate create() {
    return new MovingAverage(new EmaConfig(0.9, EmaConfig.Schedule.CONSTANT, 0));
  }
}
