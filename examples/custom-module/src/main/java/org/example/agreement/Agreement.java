package org.example.agreement;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.api.tensor.Constants;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Asks the student's maps of a resized picture to agree with the teacher's of the picture itself, on the
 * classes that are present: {@code L = Σ |up(relu(A_student)) − relu(A_teacher)| / (B·K·h·w)}.
 */
public final class Agreement implements SelfSupervision<Agreement.Target> {

  /** The teacher's rectified maps of all images, absent classes zero: B×K×h×w. */
  public record Target(NDArray maps) {}

  private final double scale;

  @Inject
  public Agreement(AgreementConfig config) {
    this.scale = config.studentScale();
  }

  @Override
  public Needs needs() {
    return new Needs(List.of(scale), List.of(1.0), Needs.Coupling.INDEPENDENT);
  }

  @Override
  public Target derive(TeacherView teacher, Batch batch, StepContext step) {
    return new Target(present(teacher.maps(1.0), batch.labels()));
  }

  @Override
  public NDArray loss(StudentView student, Target teacher, StepContext step) {
    NDArray target = student.part().of(teacher.maps());
    Shape grid = target.getShape();
    NDArray maps = present(student.maps(scale), student.part().labels());
    NDArray resized = Bilinear.resize(maps, (int) grid.get(2), (int) grid.get(3));
    // The whole batch's size, not the part's: the parts' losses must sum to the batch's.
    return Constants.mul(resized.sub(target).abs().sum(), 1f / teacher.maps().size());
  }

  private static NDArray present(NDArray maps, NDArray labels) {
    Shape shape = labels.getShape();
    return maps.getNDArrayInternal().relu().mul(labels.reshape(shape.get(0), shape.get(1), 1, 1));
  }
}
