package dev.wsss.mam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.wsss.api.supervision.Present;
import dev.wsss.api.supervision.PresentMaps;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.api.testing.Golden;
import dev.wsss.mam.MamConfig.Attention;
import dev.wsss.mam.MamConfig.Distance;
import dev.wsss.mam.MamConfig.Normalise;
import dev.wsss.mam.MultiScaleAttention.Maps;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of an independent implementation of the literal equations. */
final class MultiScaleAttentionGoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"rcm-mam-small", "rcm-mam-four-scales"})
  void equalsTheLiteralEquations(String name) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Golden golden = Golden.read(manager, "/" + name + ".safetensors");
      List<Double> scales = List.copyOf(golden.teacher().keySet());
      MultiScaleAttention mam =
          new MultiScaleAttention(
              new MamConfig(
                  scales,
                  scales,
                  Attention.TWO_MINUS_COSINE,
                  0.1,
                  Normalise.NONE,
                  Distance.L1,
                  0.1,
                  1));
      FakeStep step = new FakeStep(manager, 1);
      golden.student().values().forEach(o -> o.maps().setRequiresGradient(true));

      Maps maps = mam.derive(new FakeTeacher(golden.teacher()), golden.batch(), step);
      float loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        FakeStudent student = FakeStudent.whole(golden.batch(), golden.student());
        NDArray array = mam.loss(student, maps, step);
        loss = array.getFloat();
        collector.backward(array);
      }

      float expected = golden.array("mam.loss").toFloatArray()[0];
      assertThat(loss).isCloseTo(expected, within(1e-5f * expected));
      for (double scale : scales) {
        NDArray gradient = golden.student().get(scale).maps().getGradient();
        golden.assertClose(gradient, "mam.grad.student.cam." + scale, 1e-4);
      }
      assertAttentionAndTargets(golden, mam, maps, scales);
    }
  }

  private static void assertAttentionAndTargets(
      Golden golden, MultiScaleAttention mam, Maps maps, List<Double> scales) {
    Present present = golden.batch().present(0, golden.batch().size());
    int height = golden.batch().height();
    int width = golden.batch().width();
    NDArray attention = golden.array("mam.attention");
    NDArray targets = golden.array("mam.target");
    for (int s = 0; s < scales.size(); s++) {
      NDArray raw = golden.student().get(scales.get(s)).maps().stopGradient();
      var target =
          mam.target(PresentMaps.rectified(raw, golden.batch().whole()), maps.maps(), maps.norms());
      for (int j = 0; j < present.size(); j++) {
        String at = present.image()[j] + ", " + present.classIndex()[j];
        assertClose(target.attention().get(j), attention.get(s + ", :, " + at));
        assertClose(target.maps().get(j), targets.get(s + ", " + at).flatten());
      }
    }
  }

  private static void assertClose(NDArray actual, NDArray expected) {
    float[] values = expected.toFloatArray();
    float largest = expected.abs().max().getFloat();
    assertThat(actual.toFloatArray()).containsExactly(values, within(1e-5f * largest));
  }
}
