package dev.wsss.train;

import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.config.NoConfig;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.train.affinity.AffinityConfig;
import dev.wsss.train.affinity.WalkInFolder;
import dev.wsss.train.classification.BinaryCrossEntropy;
import dev.wsss.train.optimiser.ConstantSchedule;
import dev.wsss.train.optimiser.CosineSchedule;
import dev.wsss.train.optimiser.PolyConfig;
import dev.wsss.train.optimiser.PolySchedule;
import dev.wsss.train.optimiser.Sgd;
import dev.wsss.train.optimiser.SgdConfig;
import dev.wsss.train.teacher.CopyOfStudent;
import dev.wsss.train.teacher.EmaConfig;
import dev.wsss.train.teacher.FrozenTeacher;
import dev.wsss.train.teacher.MovingAverage;

/** Registers what training consists of: how student and teacher move, and what is learnt. */
public final class TrainPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(TeacherUpdate.class, "ema", EmaConfig.class, MovingAverage.class);
    registry.add(TeacherUpdate.class, "copy", NoConfig.class, CopyOfStudent.class);
    registry.add(TeacherUpdate.class, "frozen", NoConfig.class, FrozenTeacher.class);
    registry.add(Optimiser.class, "sgd", SgdConfig.class, Sgd.class);
    registry.add(RateSchedule.class, "poly", PolyConfig.class, PolySchedule.class);
    registry.add(RateSchedule.class, "cosine", NoConfig.class, CosineSchedule.class);
    registry.add(RateSchedule.class, "constant", NoConfig.class, ConstantSchedule.class);
    registry.add(PseudoLabelRefiner.class, "random-walk", AffinityConfig.class, WalkInFolder.class);
    registry.add(
        ClassificationLoss.class, "binary-cross-entropy", NoConfig.class, BinaryCrossEntropy.class);
  }
}
