package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.supervision.StudentView;
import dev.wsss.api.supervision.TeacherView;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.eval.refine.Refinement;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two pictures of 1×2 pixels; the first shows class 1 of two, the second none. */
class RefinedTeacherTest {
  private NDManager manager;
  private Batch batch;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    float[] pixels = {
      /* red */ 1, -1, /* green */ 0, 0, /* blue */ -1, 1, /* the other picture */ 0, 0, 0, 0, 0, 0
    };
    BitSet second = new BitSet();
    second.set(1);
    batch =
        Batch.of(
            manager.create(pixels, new Shape(2, 3, 1, 2)),
            List.of(new Example("a", second), new Example("b", new BitSet())),
            new ClassNames(List.of("cat", "dog")));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void mapsGoThroughTheRefinersAsSharesOfTheirMaximaAndComeBackAtTheirOwnSize() {
    Map<String, RgbImage> seen = new ConcurrentHashMap<>();
    PseudoLabelRefiner swaps =
        (picture, scores, id) -> {
          seen.put(id, picture);
          assertThat(scores.present()).containsExactly(1);
          assertThat(scores.planes()[0]).as("background").isCloseTo(0, within(1e-4f));
          assertThat(scores.planes()[1]).isCloseTo(0.75f, within(1e-4f));
          assertThat(scores.planes()[2]).isCloseTo(1, within(1e-4f));
          return scores.with(new float[] {0, 0, scores.planes()[3], scores.planes()[2]});
        };
    float[] raw = {
      /* absent: */ 9, 9, /* present: */ 4, 1, /* the picture without classes: */ 9, 9, 9, 9
    };

    NDArray maps = teacher(raw, swaps).maps(1);

    assertThat(maps.getShape()).isEqualTo(new Shape(2, 2, 1, 2));
    assertThat(maps.toFloatArray())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(0, 0, 1, 4, 0, 0, 0, 0);
    assertThat(seen).containsOnlyKeys("a");
    assertThat(seen.get("a").rgb())
        .containsExactly((byte) 255, (byte) 128, (byte) 0, (byte) 0, (byte) 128, (byte) 255);
  }

  @Test
  void featuresAreTheTeachersAndAScaleIsRefinedOnce() {
    int[] calls = {0};
    PseudoLabelRefiner counts =
        (picture, scores, id) -> {
          calls[0]++;
          return scores;
        };
    RefinedTeacher teacher = teacher(new float[8], counts);

    teacher.maps(1);
    teacher.maps(1);

    assertThat(calls[0]).isEqualTo(1);
    assertThat(teacher.features(1).toFloatArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatARefinerMissesIsToldWithTheSlot() {
    PseudoLabelRefiner fails =
        (picture, scores, id) -> {
          throw new BadImageException("no regions for " + id);
        };

    assertThatThrownBy(() -> teacher(new float[8], fails).maps(1))
        .isInstanceOf(TrainingException.class)
        .hasMessage("self-supervision.rcm.refine: no regions for a");
  }

  private RefinedTeacher teacher(float[] maps, PseudoLabelRefiner refiner) {
    CamOutput output =
        new CamOutput(
            manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 1, 1, 2)),
            manager.create(maps, new Shape(2, 2, 1, 2)));
    Slot slot = new Slot("rcm", 1, 1, 1, new Refinement(List.of(refiner), ""), new Nothing());
    return new RefinedTeacher(new FakeTeacher(Map.of(1.0, output)), batch, InputSpec.CENTRED, slot);
  }

  private record Nothing() implements SelfSupervision<Integer> {
    @Override
    public Needs needs() {
      return new Needs(List.of(1.0), List.of(1.0), Needs.Coupling.INDEPENDENT);
    }

    @Override
    public Integer derive(TeacherView teacher, Batch batch, StepContext step) {
      throw new IllegalStateException();
    }

    @Override
    public NDArray loss(StudentView student, Integer supervision, StepContext step) {
      throw new IllegalStateException();
    }
  }
}
