package dev.wsss.train.teacher;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/**
 * {@code θ_T ← m·θ_T + (1 − m)·θ_S} after every optimiser step (paper, m = 0.997). Running
 * statistics of batch norm follow the same average where they train; frozen parameters are equal in
 * both networks and stay.
 */
public final class MovingAverage implements TeacherUpdate {
  private final EmaConfig config;

  @Inject
  public MovingAverage(EmaConfig config) {
    this.config = config;
  }

  @Override
  public void update(CamNetwork student, CamNetwork teacher, TrainingClock clock) {
    double decay = decayAt(clock);
    NDList targets = new NDList();
    NDList sources = new NDList();
    student
        .parameters()
        .forEach(
            (name, mine) -> {
              if (mine.requiresGradient() || isStatistic(mine)) {
                targets.add(sameName(teacher, name).getArray());
                sources.add(mine.getArray());
              }
            });
    FusedUpdates.movingAverage(targets, sources, decay);
  }

  private static Parameter sameName(CamNetwork teacher, String name) {
    Parameter parameter = teacher.parameters().get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("the teacher has no parameter '" + name + "'");
    }
    return parameter;
  }

  double decayAt(TrainingClock clock) {
    double end = config.decay();
    return switch (config.schedule()) {
      case CONSTANT -> end;
      case COSINE ->
          end - (end - config.startDecay()) * 0.5 * (1 + Math.cos(Math.PI * clock.progress()));
      case WARM_UP -> Math.min(end, (1.0 + clock.step()) / (10.0 + clock.step()));
    };
  }

  private static boolean isStatistic(Parameter parameter) {
    return parameter.getType() == Parameter.Type.RUNNING_MEAN
        || parameter.getType() == Parameter.Type.RUNNING_VAR;
  }
}
