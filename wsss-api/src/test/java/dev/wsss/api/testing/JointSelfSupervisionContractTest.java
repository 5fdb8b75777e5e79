package dev.wsss.api.testing;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.tensor.Constants;
import java.util.List;

/** The contract holds for a module whose scales must be in one graph: a product over scales. */
final class JointSelfSupervisionContractTest
    extends SelfSupervisionContract<JointSelfSupervisionContractTest.Nothing> {

  /** No supervision: the student's scales supervise each other. */
  record Nothing() {}

  @Override
  protected SelfSupervision<Nothing> module(ClassNames classes, TrainingShape shape) {
    return new SelfSupervision<>() {
      @Override
      public Needs needs() {
        return new Needs(List.of(0.5, 1.0), List.of(), Needs.Coupling.JOINT);
      }

      @Override
      public Nothing derive(TeacherView teacher, Batch batch, StepContext step) {
        return new Nothing();
      }

      @Override
      public NDArray loss(StudentView student, Nothing none, StepContext step) {
        NDArray product = squares(student, 0.5).mul(squares(student, 1.0)).sum();
        return Constants.mul(product, 1f / student.batch().size());
      }

      private NDArray squares(StudentView student, double scale) {
        return student.maps(scale).square().sum(new int[] {3}).sum(new int[] {2});
      }
    };
  }
}
