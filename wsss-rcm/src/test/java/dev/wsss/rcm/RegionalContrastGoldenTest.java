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
import dev.wsss.rcm.RcmConfig.EmptyMaps;
import dev.wsss.rcm.RcmConfig.PrototypePooling;
import dev.wsss.rcm.RcmConfig.ThresholdRule;
import dev.wsss.rcm.RegionalContrast.Regions;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
              new RcmConfig(
                  0.3,
                  ThresholdRule.FIXED,
                  0.75,
                  List.of(0.0, 0.0),
                  2.0,
                  pooling,
                  1,
                  EmptyMaps.BACKGROUND,
                  scales,
                  0),
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

      assertPrototypes(golden, prefix + ".prototypes", regions);
      float expectedLoss = golden.array(prefix + ".loss").toFloatArray()[0];
      assertThat(loss).isCloseTo(expectedLoss, within(1e-5f * expectedLoss));
      golden.assertClose(features.getGradient(), prefix + ".grad.student.feature", 1e-4);
    }
  }

  private static void assertPrototypes(Golden golden, String name, Regions regions) {
    float[] expected = golden.array(name).toFloatArray();
    long[] shape = golden.array(name).getShape().getShape();
    NDArray all = regions.prototypes();
    float[] actual = all.broadcast(shape[0], all.getShape().get(1), shape[2]).toFloatArray();
    int rows = regions.classes().size();
    for (int at = 0; at < expected.length; at++) {
      int d = at % (int) shape[2];
      int k = at / (int) shape[2] % (int) shape[1];
      int i = at / (int) (shape[1] * shape[2]);
      int row = regions.classes().indexOf(k);
      float value = row < 0 ? 0 : actual[(i * rows + row) * (int) shape[2] + d];
      assertThat(value).as("%s %s, %s, %s", name, i, k, d).isCloseTo(expected[at], within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rcm-mam-small", "rcm-mam-four-scales"})
  void regionLabelsEqualTheLiteralOnes(String name) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Golden golden = Golden.read(manager, "/" + name + ".safetensors");
      RegionLabels regions = new RegionLabels(manager, golden.batch());
      NDArray total =
          golden.teacher().values().stream()
              .map(output -> regions.scores(output.maps()))
              .reduce(NDArray::add)
              .orElseThrow();

      NDArray labels =
          regions.labels(
              regions.winners(total, best -> 0.3, new OpenBand(0, 0)).winners(),
              LongStream.rangeClosed(0, golden.batch().classes().count()).toArray());

      assertThat(labels.toLongArray())
          .containsExactly(golden.array("rcm.region-label").toLongArray());
    }
  }
}
