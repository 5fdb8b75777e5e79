package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.tensor.Precision;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.wiring.WiredRun;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TeacherPassesTest {

  @Test
  void largeImagesGoThroughInPartsAndGiveTheSame() {
    WiredRun run = WiredRun.of(SmallRuns.config());
    try {
      NDArray images = run.root().randomNormal(new Shape(3, 3, 400, 400));
      assertThat(ImagesAtOnce.of(400 * 400, run.teacher().strideInPixels())).isEqualTo(1);

      TeacherPasses passes =
          new TeacherPasses(
              run.teacher(), new ScaledImages(images), Set.of(1.0), Precision.FLOAT32);
      CamOutput whole = run.teacher().evaluate(images);

      assertThat(largestDifference(passes.maps(1), whole.maps())).isLessThan(1e-4f);
      assertThat(largestDifference(passes.features(1), whole.features())).isLessThan(1e-4f);
    } finally {
      run.root().close();
    }
  }

  private static float largestDifference(NDArray one, NDArray other) {
    return one.sub(other).abs().max().getFloat();
  }

  @Test
  void aPartHoldsAtLeastOneImage() {
    assertThat(ImagesAtOnce.of(192 * 192, 16)).isEqualTo(8);
    assertThat(ImagesAtOnce.of(192 * 192, 8)).isEqualTo(4);
    assertThat(ImagesAtOnce.of(384 * 384, 16)).isEqualTo(2);
    assertThat(ImagesAtOnce.of(4000 * 4000, 16)).isEqualTo(1);
  }
}
