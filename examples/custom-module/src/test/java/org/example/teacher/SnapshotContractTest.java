package org.example.teacher;

import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.testing.TeacherUpdateContract;

final class SnapshotContractTest extends TeacherUpdateContract {

  @Override
  protected TeacherUpdate create() {
    return new Snapshot(new SnapshotConfig(2));
  }
}
