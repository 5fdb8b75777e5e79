package dev.wsss.train;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.train.teacher.CopyOfStudent;
import dev.wsss.train.teacher.EmaConfig;
import dev.wsss.train.teacher.FrozenTeacher;
import dev.wsss.train.teacher.MovingAverage;
import dev.wsss.train.teacher.NoConfig;

/** Registers the teacher updates. */
public final class TrainPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(TeacherUpdate.class, "ema", EmaConfig.class, MovingAverage.class);
    registry.add(TeacherUpdate.class, "copy", NoConfig.class, CopyOfStudent.class);
    registry.add(TeacherUpdate.class, "frozen", NoConfig.class, FrozenTeacher.class);
  }
}
