package dev.wsss.rcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.api.testing.Golden;
import dev.wsss.rcm.RcmConfig.PrototypePooling;
import dev.wsss.rcm.RegionalContrast.Regions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of an independent implementation of the literal equations. */
final class RegionalContrastGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "rcm-mam-small, BATCH",
    "rcm-mam-small, LEAVE_ONE_OUT",
    "rcm-mam-four-scales, BATCH",
    "rcm-mam-four-scales, LEAVE_ONE_OUT"
  })
  void equalsTheLiteralEquations(String name, PrototypePooling pooling) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Golden golden = Golden.read(manager, "/" + name + ".safetensors");
      String prefix = "rcm." + pooling.name().toLowerCase(Locale.ROOT).replace('_', '-');
      List<Double> scales = List.copyOf(golden.teacher().keySet());
      RegionalContrast rcm =
          new RegionalContrast(
              new RcmConfig(0.3, 2.0, pooling, 1, scales),
              golden.batch().classes(),
              new TrainingShape(golden.batch().size(), golden.batch().height()));
      FakeStep step = new FakeStep(manager, 1);
      NDArray features = golden.student().get(1.0).features();
      features.setRequiresGradient(true);

      Regions regions = rcm.derive(new FakeTeacher(golden.teacher()), golden.batch(), step);
      float loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        FakeStudent student = FakeStudent.whole(golden.batch(), golden.student());
        NDArray array = rcm.loss(student, regions, step);
        loss = array.getFloat();
        collector.backward(array);
      }

      assertThat(regions.labels().toLongArray())
          .containsExactly(golden.array("rcm.region-label").toLongArray());
      NDArray expected = golden.array(prefix + ".prototypes");
      golden.assertClose(
          regions.prototypes().broadcast(expected.getShape()), prefix + ".prototypes", 1e-5);
      float expectedLoss = golden.array(prefix + ".loss").toFloatArray()[0];
      assertThat(loss).isCloseTo(expectedLoss, within(1e-5f * expectedLoss));
      golden.assertClose(features.getGradient(), prefix + ".grad.student.feature", 1e-4);
    }
  }
}
