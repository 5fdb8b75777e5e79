package dev.wsss.api.teacher;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.training.TrainingClock;

/**
 * Moves the teacher after every optimiser step. The teacher starts as a copy of the student; both
 * have the same parameters by name, running statistics of batch norm among them.
 *
 * <p>An implementation may inject its configuration record only. It keeps nothing between steps, so
 * that a resumed run needs the clock alone.
 */
public interface TeacherUpdate {

  /** Updates the teacher's parameters in place; called outside any gradient collection. */
  void update(CamNetwork student, CamNetwork teacher, TrainingClock clock);
}
