package dev.wsss.train.teacher;

import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.testing.TeacherUpdateContract;

final class CopyOfStudentContractTest extends TeacherUpdateContract {
  @Override
  protected TeacherUpdate create() {
    return new CopyOfStudent();
  }
}
