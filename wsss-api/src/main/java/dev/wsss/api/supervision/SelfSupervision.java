package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.OwnLayers;
import java.util.Optional;

/**
 * A pixel-level loss in which the teacher (SupportNet) supervises the student (MainNet).
 *
 * <p>A step has two phases, as in the paper: the teacher's outputs of the whole batch become a
 * <em>supervision</em>, then the student learns from it. The student's batch may be cut into parts
 * (images, and scales where {@link Needs.Coupling#INDEPENDENT}); the parts' losses must sum to the
 * loss of the whole batch. {@code SelfSupervisionContract} in the test-jar checks that.
 *
 * <p>Inside {@link #loss}, multiply by numbers with {@link dev.wsss.api.tensor.Constants}: DJL's
 * {@code x.mul(0.5f)} hands the graph memory that may be gone when the gradient is computed.
 *
 * <p>An implementation may inject its configuration record, {@link dev.wsss.api.data.ClassNames}
 * and {@link TrainingShape}. It is used by one thread, owns no native memory beyond a step but that
 * of {@link #layers()}, and reads no parameters of the networks. Other state that outlives a step
 * is declared by {@link dev.wsss.api.training.Stateful}.
 *
 * @param <S> the supervision: a record of arrays that live until the end of the step
 */
public interface SelfSupervision<S> {

  /** The passes this module looks at; fixed for its lifetime. */
  Needs needs();

  /**
   * Layers of the module's own on the features F, B×D×h×w. The same at every call; they have values
   * before the first step, and learn with the student: at its rate for new layers, also before the
   * slot's first epoch, when their gradient is zero.
   */
  default Optional<OwnLayers> layers() {
    return Optional.empty();
  }

  /** Derives the supervision from the teacher's view of the whole batch; outside any graph. */
  S derive(TeacherView teacher, Batch batch, StepContext step);

  /**
   * Loss of one part of the batch, a scalar in graph, unweighted. Divide by the whole batch's
   * counts ({@code student.batch()}), not the part's.
   */
  NDArray loss(StudentView student, S supervision, StepContext step);
}
