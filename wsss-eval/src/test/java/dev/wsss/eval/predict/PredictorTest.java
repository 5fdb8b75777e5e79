package dev.wsss.eval.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.cam.PictureMaps;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class PredictorTest {

  @Test
  void isClosedOnceAndSaysSo() {
    ColourModel model = new ColourModel();
    Predictor predictor = new Predictor(model, ColourModel.info());
    RgbImage picture = ColourModel.picture(20, 20, 0xff0000, 0, 0, 20, 20);
    predictor.predict("any", picture);
    predictor.close();
    predictor.close();
    assertThat(model.closed).isTrue();
    assertThatThrownBy(() -> predictor.predict("any", picture))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the predictor is closed");
  }

  @Test
  void refusesALabelBeyondTheLastClass() {
    BitSet labels = new BitSet();
    labels.set(3);
    RgbImage picture = ColourModel.picture(200, 20, 0xff0000, 0, 0, 20, 20);
    Predictor predictor = ColourModel.predictor();
    for (LargePictures large : LargePictures.values()) {
      assertThatThrownBy(() -> predictor.predict(new Example("p", labels), picture, large))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("picture 'p' has label 3, but the network's last class is 2");
    }
  }

  /** Scores of three pixels for classes 0 and 2, threshold 0.5. */
  @Test
  void doubtfulPixelsLieNearTheThresholdOrBetweenTwoClasses() {
    float[] scores = {
      0.2f, 0.45f, 0.55f, 0.9f, 0.9f, 0.1f, //
      0.1f, 0.30f, 0.10f, 0.85f, 0.3f, 0.9f
    };
    BitSet labels = new BitSet();
    labels.set(0);
    labels.set(2);
    PictureMaps maps =
        new PictureMaps(new Example("p", labels), new float[3], 6, 1, new int[] {0, 2}, scores);
    PicturePrediction prediction = new CamPrediction(maps, 6, 1, 6, 1, 0.5);
    byte doubtful = (byte) IndexMask.IGNORE;
    assertThat(prediction.mask().indices()).containsExactly(0, 0, 1, 1, 1, 3);
    assertThat(prediction.mask(0.1).indices())
        .containsExactly((byte) 0, doubtful, doubtful, doubtful, (byte) 1, (byte) 3);
    assertThat(prediction.mask(0.01).indices()).containsExactly(0, 0, 1, 1, 1, 3);
    assertThat(prediction.scores().mask(0.5).indices()).isEqualTo(prediction.mask().indices());
  }

  @Test
  void whereNoClassIsActiveIsBackgroundAtThresholdZeroToo() {
    BitSet labels = new BitSet();
    labels.set(1);
    PictureMaps maps =
        new PictureMaps(
            new Example("p", labels), new float[3], 3, 1, new int[] {1}, new float[] {0, 1e-9f, 1});
    PicturePrediction prediction = new CamPrediction(maps, 3, 1, 3, 1, 0);
    assertThat(prediction.mask().indices()).containsExactly(0, 2, 2);
    assertThat(prediction.scores().mask(0).indices()).containsExactly(0, 2, 2);
  }
}
