package dev.wsss.train.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.testing.FakeNetwork;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.loop.TwoWeights;
import dev.wsss.train.teacher.EmaConfig.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeacherUpdatesTest {
  private static final TrainingClock FIRST = new TrainingClock(1, 1, 1, 100);
  private static final TrainingClock MIDDLE = new TrainingClock(1, 1, 51, 100);
  private NDManager manager;
  private CamNetwork student;
  private CamNetwork teacher;

  @BeforeEach
  void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
    student = TwoWeights.network(manager);
    teacher = TwoWeights.network(manager);
    fill(student, 3);
    fill(teacher, 1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void emaKeepsTheShareOfItsDecay() {
    update(new MovingAverage(new EmaConfig(0.75, Schedule.CONSTANT, 0)), FIRST);
    assertThat(teacherValue()).isCloseTo(0.75 * 1 + 0.25 * 3, within(1e-6));
    assertThat(value(student)).isEqualTo(3);
  }

  /** A running mean takes no gradient and follows all the same. */
  @Test
  void emaCoversTheRunningStatisticsOfBatchNorm() {
    CamNetwork trained = FakeNetwork.of(manager, "a", "mean");
    CamNetwork average = FakeNetwork.of(manager, "a", "mean");
    trained.parameters().get("backbone.mean").getArray().set(new float[] {3, 5});
    trained.parameters().get("backbone.mean").freeze(true);

    new MovingAverage(new EmaConfig(0.75, Schedule.CONSTANT, 0)).update(trained, average, FIRST);

    assertThat(average.parameters().get("backbone.mean").getArray().toFloatArray())
        .containsExactly(new float[] {1.5f, 2}, within(1e-6f));
  }

  @Test
  void emaNamesAParameterThatTheTeacherLacks() {
    CamNetwork other = FakeNetwork.of(manager, "b");
    CamNetwork trained = FakeNetwork.of(manager, "a");

    assertThatThrownBy(
            () ->
                new MovingAverage(new EmaConfig(0.75, Schedule.CONSTANT, 0))
                    .update(trained, other, FIRST))
        .hasMessage("the teacher has no parameter 'backbone.a'");
  }

  @Test
  void emaLeavesFrozenParametersAlone() {
    student.freeze();
    update(new MovingAverage(new EmaConfig(0.75, Schedule.CONSTANT, 0)), FIRST);
    assertThat(teacherValue()).isEqualTo(1);
  }

  @Test
  void cosineRisesFromTheStartDecayToTheDecay() {
    MovingAverage cosine = new MovingAverage(new EmaConfig(0.99, Schedule.COSINE, 0.5));
    assertThat(cosine.decayAt(FIRST)).isCloseTo(0.5, within(1e-12));
    assertThat(cosine.decayAt(MIDDLE)).isCloseTo((0.99 + 0.5) / 2, within(1e-12));
    assertThat(cosine.decayAt(new TrainingClock(1, 1, 101, 100))).isCloseTo(0.99, within(1e-12));
  }

  @Test
  void warmUpFollowsTheStudentCloselyAtFirst() {
    MovingAverage warmUp = new MovingAverage(new EmaConfig(0.997, Schedule.WARM_UP, 0));
    assertThat(warmUp.decayAt(FIRST)).isCloseTo(2.0 / 11, within(1e-12));
    assertThat(warmUp.decayAt(new TrainingClock(1, 1, 1_000_000, 1_000_000))).isEqualTo(0.997);
  }

  @Test
  void copyIsTheStudentAndFrozenNeverMoves() {
    update(new FrozenTeacher(), FIRST);
    assertThat(teacherValue()).isEqualTo(1);
    update(new CopyOfStudent(), FIRST);
    assertThat(teacherValue()).isEqualTo(3);
  }

  private void update(TeacherUpdate update, TrainingClock clock) {
    update.update(student, teacher, clock);
  }

  private double teacherValue() {
    return value(teacher);
  }

  private static double value(CamNetwork network) {
    return network.parameters().get("backbone.weight").getArray().toFloatArray()[0];
  }

  private static void fill(CamNetwork network, float value) {
    network.parameters().values().forEach(p -> p.getArray().set(new float[] {value}));
  }
}
