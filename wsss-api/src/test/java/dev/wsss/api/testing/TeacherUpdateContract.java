package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.TeacherUpdate;
import dev.wsss.api.training.TrainingClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TeacherUpdate} promises. Extend it and give {@link #create}.
 *
 * <p>The student and the teacher have the same parameters by name, declared in another order.
 */
public abstract class TeacherUpdateContract {
  private NDManager manager;
  private CamNetwork student;
  private CamNetwork teacher;

  /** A new update, as at the start of a run. */
  protected abstract TeacherUpdate create();

  @BeforeEach
  final void open() {
    manager = NDManager.newBaseManager();
    student = FakeNetwork.of(manager, "a", "b", "mean");
    teacher = FakeNetwork.of(manager, "mean", "b", "a");
    teacher.freeze();
    fill(student, Map.of("a", 3f, "b", -5f, "mean", 0.5f));
    fill(teacher, Map.of("a", 3f, "b", -5f, "mean", 0.5f));
  }

  @AfterEach
  final void close() {
    manager.close();
  }

  @Test
  final void aTeacherThatEqualsTheStudentByNameStays() {
    update(create(), 1, 3);

    values(student)
        .forEach(
            (name, value) ->
                assertThat(values(teacher).get(name).get(0))
                    .as(name)
                    .isBetween(value.get(0) - 1e-5f, value.get(0) + 1e-5f));
  }

  @Test
  final void theStudentStaysAsItIs() {
    fill(teacher, Map.of("a", 1f, "b", 1f, "mean", 1f));
    Map<String, List<Float>> before = values(student);
    update(create(), 1, 3);

    assertThat(values(student)).isEqualTo(before);
    assertThat(parameter(student, "a").requiresGradient()).isTrue();
  }

  @Test
  final void theTeacherStaysFiniteAndTakesNoGradients() {
    fill(teacher, Map.of("a", 1f, "b", 1f, "mean", 1f));
    update(create(), 1, 5);

    values(teacher)
        .forEach((name, values) -> assertThat(values).as(name).allMatch(Float::isFinite));
    assertThat(teacher.parameters().values()).noneMatch(Parameter::requiresGradient);
  }

  /** An update keeps nothing: what outlives a step would not stand in a checkpoint. */
  @Test
  final void aResumedRunGoesOnAlike() {
    TeacherUpdate unbroken = create();
    update(unbroken, 1, 2);
    fill(student, Map.of("a", 7f, "b", 2f, "mean", 4f));
    Map<String, List<Float>> saved = values(teacher);
    update(unbroken, 3, 2);
    Map<String, List<Float>> expected = values(teacher);

    saved.forEach((name, value) -> parameter(teacher, name).getArray().set(floats(value)));
    update(create(), 3, 2);

    assertThat(values(teacher)).isEqualTo(expected);
  }

  @Test
  final void noArrayOutlivesAnUpdate() {
    TeacherUpdate update = create();
    update(update, 1, 1);
    int arrays = arrays();
    update(update, 2, 3);

    assertThat(arrays()).isEqualTo(arrays);
  }

  private int arrays() {
    return parameter(student, "a").getArray().getManager().getManagedArrays().size()
        + parameter(teacher, "a").getArray().getManager().getManagedArrays().size();
  }

  private void update(TeacherUpdate update, long first, int steps) {
    for (long step = first; step < first + steps; step++) {
      update.update(student, teacher, new TrainingClock(1, 1, step, 100));
    }
  }

  private static void fill(CamNetwork network, Map<String, Float> values) {
    values.forEach(
        (name, value) -> parameter(network, name).getArray().set(new float[] {value, value}));
  }

  private static Parameter parameter(CamNetwork network, String name) {
    return network.parameters().get(name.startsWith("backbone.") ? name : "backbone." + name);
  }

  private static Map<String, List<Float>> values(CamNetwork network) {
    Map<String, List<Float>> values = new LinkedHashMap<>();
    network.parameters().forEach((name, p) -> values.put(name, FakeLearning.floats(p.getArray())));
    return values;
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
