package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The contract holds for a small right module, and refuses each kind of wrong one. */
final class SelfSupervisionContractTest
    extends SelfSupervisionContract<SelfSupervisionContractTest.Total> {

  private Supplier<SelfSupervision<Total>> module = Squares::new;

  /** Sum of the teacher's maps. */
  record Total(NDArray sum) {}

  @Override
  protected SelfSupervision<Total> module(ClassNames classes, TrainingShape shape) {
    return module.get();
  }

  /** Mean square of the student's maps, with a factor that the teacher's maps give. */
  private static class Squares implements SelfSupervision<Total> {
    @Override
    public Needs needs() {
      return new Needs(List.of(0.5, 1.0), List.of(1.0), Needs.Coupling.INDEPENDENT);
    }

    @Override
    public Total derive(TeacherView teacher, Batch batch, StepContext step) {
      return new Total(teacher.maps(1).square().sum());
    }

    @Override
    public NDArray loss(StudentView student, Total teacher, StepContext step) {
      NDArray squares =
          student.scales().stream()
              .map(s -> student.maps(s).square().sum().mul(teacher.sum()))
              .reduce(NDArray::add)
              .orElseThrow();
      return Constants.mul(squares, 1f / student.batch().size());
    }
  }

  @Test
  void refusesALossDividedByThePartsSize() {
    refuses(
        () ->
            new Squares() {
              @Override
              public NDArray loss(StudentView student, Total teacher, StepContext step) {
                return super.loss(student, teacher, step).div(student.part().size());
              }
            },
        SelfSupervisionContract::lossesOfImagesSumToTheLossOfTheBatch);
  }

  @Test
  void refusesScalesCoupledInSecret() {
    refuses(
        () ->
            new Squares() {
              @Override
              public NDArray loss(StudentView student, Total teacher, StepContext step) {
                return super.loss(student, teacher, step).mul(student.scales().size());
              }
            },
        SelfSupervisionContract::lossesOfScalesSumToTheLossOfTheBatch);
  }

  @Test
  void refusesAScaleThatWasNotDeclared() {
    refuses(
        () ->
            new Squares() {
              @Override
              public Total derive(TeacherView teacher, Batch batch, StepContext step) {
                return new Total(teacher.maps(2).sum());
              }
            },
        SelfSupervisionContract::gradientReachesTheStudent);
  }

  @Test
  void refusesALossCutFromTheStudent() {
    refuses(
        () ->
            new Squares() {
              @Override
              public NDArray loss(StudentView student, Total teacher, StepContext step) {
                NDArray constant = super.loss(student, teacher, step).stopGradient();
                return student.maps(student.scales().get(0)).sum().mul(0f).add(constant);
              }
            },
        SelfSupervisionContract::gradientReachesTheStudent);
  }

  @Test
  void refusesNaN() {
    refuses(
        () ->
            new Squares() {
              @Override
              public Total derive(TeacherView teacher, Batch batch, StepContext step) {
                NDArray total = teacher.maps(1).square().sum();
                return new Total(total.div(total));
              }
            },
        SelfSupervisionContract::lossIsFiniteWhereMapsAreZero);
  }

  @Test
  void refusesFactorsInBorrowedMemory() {
    refuses(
        () ->
            new Squares() {
              @Override
              public NDArray loss(StudentView student, Total teacher, StepContext step) {
                NDArray loss = super.loss(student, teacher, step);
                for (int i = 0; i < 20; i++) {
                  loss = loss.mul(1);
                }
                return loss;
              }
            },
        SelfSupervisionContract::gradientsOutliveGarbageCollection);
  }

  @Test
  void refusesStateThatIsNotDeclared() {
    refuses(
        () ->
            new Squares() {
              private int calls;

              @Override
              public NDArray loss(StudentView student, Total teacher, StepContext step) {
                return super.loss(student, teacher, step).mul(++calls);
              }
            },
        SelfSupervisionContract::whatOutlivesAStepIsDeclaredAndRestored);
  }

  @Test
  void refusesChangesToTheTeachersOutputs() {
    refuses(
        () ->
            new Squares() {
              @Override
              public Total derive(TeacherView teacher, Batch batch, StepContext step) {
                return new Total(teacher.maps(1).muli(2f).sum());
              }
            },
        SelfSupervisionContract::outputsOfBothNetworksStayAsTheyWere);
  }

  @Test
  void refusesArraysThatOutliveTheStep() {
    refuses(
        () ->
            new Squares() {
              @Override
              public Total derive(TeacherView teacher, Batch batch, StepContext step) {
                NDManager elsewhere = step.manager().getParentManager();
                return new Total(elsewhere.ones(new Shape()));
              }
            },
        SelfSupervisionContract::noArrayOutlivesItsStep);
  }

  private static void refuses(
      Supplier<SelfSupervision<Total>> module,
      ThrowingConsumer<SelfSupervisionContract<Total>> test) {
    var contract = new SelfSupervisionContractTest();
    contract.module = module;
    contract.open();
    try {
      assertThatThrownBy(() -> test.accept(contract))
          .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class);
    } finally {
      contract.close();
    }
  }
}
