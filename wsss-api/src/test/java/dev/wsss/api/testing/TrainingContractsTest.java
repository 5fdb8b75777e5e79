package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.optimiser.LearningParameter;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.ParameterGroup;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.supervision.BatchPart;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.training.TrainingClock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of what trains refuse each kind of wrong module. */
final class TrainingContractsTest {

  /** Gradient descent with momentum in the ways in which it goes wrong. */
  private static class Descent implements Optimiser {
    private final LearningParameters parameters;
    private final Map<String, NDArray> kept;

    Descent(LearningParameters parameters) {
      this.parameters = parameters;
      this.kept = new HashMap<>(parameters.zeros());
    }

    float sign() {
      return 1;
    }

    double factor(ParameterGroup group) {
      return group.rateFactor();
    }

    double decay(ParameterGroup group) {
      return group.weightDecay();
    }

    @Override
    public void step(double rate, TrainingClock clock) {
      for (ParameterGroup group : parameters.groups()) {
        for (LearningParameter p : group.parameters()) {
          NDArray value = p.value().stopGradient();
          NDArray velocity = kept.get(p.name());
          velocity.muli(0.5f).addi(p.gradient()).addi(value.mul((float) decay(group)));
          value.subi(velocity.mul((float) (sign() * rate * factor(group))));
        }
      }
    }

    @Override
    public Map<String, NDArray> state() {
      return kept;
    }
  }

  @Test
  void refusesAscent() {
    refusesOptimiser(
        p ->
            new Descent(p) {
              @Override
              float sign() {
                return -1;
              }
            },
        OptimiserContract::aStepMovesAgainstTheGradient);
  }

  @Test
  void refusesOneRateForAllGroups() {
    refusesOptimiser(
        p ->
            new Descent(p) {
              @Override
              double factor(ParameterGroup group) {
                return 1;
              }
            },
        OptimiserContract::theFactorOfAGroupCounts);
  }

  @Test
  void refusesNoDecay() {
    refusesOptimiser(
        p ->
            new Descent(p) {
              @Override
              double decay(ParameterGroup group) {
                return 0;
              }
            },
        OptimiserContract::weightDecayCountsInItsGroups);
  }

  @Test
  void refusesAStateThatIsNotToldOf() {
    refusesOptimiser(
        p ->
            new Descent(p) {
              @Override
              public Map<String, NDArray> state() {
                return Map.of();
              }
            },
        OptimiserContract::theStateIsAllThatAResumedRunNeeds);
  }

  @Test
  void refusesNewArraysAtEachStep() {
    refusesOptimiser(
        p ->
            new Descent(p) {
              @Override
              public void step(double rate, TrainingClock clock) {
                super.step(rate, clock);
                state().replaceAll((name, array) -> array.duplicate());
              }
            },
        OptimiserContract::theStateIsThereFromTheStartAndStaysTheSameArrays);
  }

  private static void refusesOptimiser(
      Function<LearningParameters, Optimiser> wrong, ThrowingConsumer<OptimiserContract> test) {
    var contract =
        new OptimiserContract() {
          @Override
          protected Optimiser create(LearningParameters parameters) {
            return wrong.apply(parameters);
          }
        };
    contract.open();
    try {
      assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
    } finally {
      contract.close();
    }
  }

  @Test
  void refusesAScheduleThatEndsBelowZeroOrCountsItsCalls() {
    refusesSchedule(
        () -> clock -> 1 - 2 * clock.progress(),
        contract -> contract.everyStepHasAFiniteFactorOfAtLeastZero(100));
    refusesSchedule(
        () ->
            new RateSchedule() {
              private int calls;

              @Override
              public double factorAt(TrainingClock clock) {
                return 1.0 / ++calls;
              }
            },
        RateScheduleContract::theClockAloneDecidesSoThatAResumedRunGoesOnAlike);
  }

  private static void refusesSchedule(
      Supplier<RateSchedule> wrong, ThrowingConsumer<RateScheduleContract> test) {
    var contract =
        new RateScheduleContract() {
          @Override
          protected RateSchedule create() {
            return wrong.get();
          }
        };
    assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
  }

  @Test
  void refusesALossDividedByThePartOrTurnedRound() {
    refusesLoss(
        (logits, part) -> Constants.mul(squares(logits, part), 1f / part.size()),
        ClassificationLossContract::lossesOfPartsSumToTheLossOfTheBatch);
    refusesLoss(
        (logits, part) -> squares(logits, part).neg(),
        ClassificationLossContract::gradientsPointTowardsTheLabels);
  }

  private static NDArray squares(NDArray logits, BatchPart part) {
    return logits.sub(part.labels().mul(2).sub(1)).square().sum();
  }

  private static void refusesLoss(
      ClassificationLoss wrong, ThrowingConsumer<ClassificationLossContract> test) {
    var contract =
        new ClassificationLossContract() {
          @Override
          protected ClassificationLoss create(ClassNames classes) {
            return wrong;
          }
        };
    contract.open();
    try {
      assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
    } finally {
      contract.close();
    }
  }

  @Test
  void refusesPairsByOrderAndChangesToTheStudent() {
    refusesUpdate(
        (student, teacher, clock) -> {
          Iterator<Parameter> theirs = teacher.parameters().values().iterator();
          student.parameters().values().forEach(p -> p.getArray().copyTo(theirs.next().getArray()));
        },
        TeacherUpdateContract::aTeacherThatEqualsTheStudentByNameStays);
    refusesUpdate(
        (student, teacher, clock) -> student.copyFrom(teacher),
        TeacherUpdateContract::theStudentStaysAsItIs);
    refusesUpdate(
        (student, teacher, clock) -> teacher.parameters().values().forEach(p -> p.freeze(false)),
        TeacherUpdateContract::theTeacherStaysFiniteAndTakesNoGradients);
  }

  private static void refusesUpdate(
      TeacherUpdate wrong, ThrowingConsumer<TeacherUpdateContract> test) {
    var contract =
        new TeacherUpdateContract() {
          @Override
          protected TeacherUpdate create() {
            return wrong;
          }
        };
    contract.open();
    try {
      assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
    } finally {
      contract.close();
    }
  }

  @Test
  void refusesAListenerThatForgetsWhatItCounted(@TempDir Path temp) {
    var contract =
        new ListenerContract() {
          @Override
          protected RunListener create() {
            return new RunListener() {
              private int epochs;

              @Override
              public void epoch(EpochReport report) {
                epochs++;
              }

              @Override
              public Optional<String> reasonToStop() {
                return epochs > 3 ? Optional.of("four epochs") : Optional.empty();
              }
            };
          }
        };
    contract.temp = temp;
    assertThatThrownBy(contract::aResumedRunStopsWhereAnUnbrokenOneDoes)
        .isInstanceOf(AssertionError.class);
  }
}
