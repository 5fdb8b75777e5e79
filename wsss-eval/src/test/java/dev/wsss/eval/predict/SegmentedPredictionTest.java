package dev.wsss.eval.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.refine.Refinement;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentedPredictionTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog", "bird"));

  /**
   * Whatever the picture, four cells side by side: background, cat with dog close behind, dog, and
   * a bird that is nowhere probable.
   */
  private static final class FourCells implements SegmentationModel {
    private boolean closed;

    @Override
    public int shortestSide() {
      return 1;
    }

    @Override
    public PixelScores run(PixelBatch pixels) {
      float[] scores = {
        9, 0, 1, 9, //
        0, 5.1f, 0, 0, //
        0, 5, 9, 0, //
        0, 0, 0, 0
      };
      return new PixelScores(1, 4, 1, 4, scores);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final FourCells model = new FourCells();
  private final Predictor predictor =
      new Predictor(
          model, ModelInfo.ofSegmentation(CLASSES, new CamConfig(List.of(1.0), false, 1), 4));

  private static RgbImage picture(int width) {
    return new RgbImage(width, 1, new byte[3 * width]);
  }

  @Test
  void eachPixelGetsTheMostProbableOfBackgroundAndClasses() {
    PicturePrediction found = predictor.predict("any", picture(4));

    assertThat(predictor.kind()).isEqualTo(ModelKind.SEGMENTATION);
    assertThat(found.mask().indices()).containsExactly(0, 1, 2, 0);
    assertThat(found.example().labels().stream()).containsExactly(0, 1);
    assertThat(((SegmentedPrediction) found).planes().present()).containsExactly(0, 1);
    assertThat(found.probabilities()[1]).isGreaterThan(0.99f);
    assertThat(found.probabilities()[2]).isLessThan(0.1f);
    assertThat(found.scores().winner()[2]).isEqualTo((byte) 1);
  }

  @Test
  void aMarginLeavesRivalsOpen() {
    assertThat(predictor.predict("any", picture(4)).mask(0.2).indices())
        .containsExactly(0, (byte) IndexMask.IGNORE, 2, 0);
  }

  @Test
  void labelsThatAreGivenLeaveNoOther() {
    BitSet cat = new BitSet();
    cat.set(0);
    PicturePrediction found = predictor.predict(new Example("any", cat), picture(4));

    assertThat(found.mask().indices()).containsExactly(0, 1, 0, 0);
    assertThat(found.example().labels()).isEqualTo(cat);
    assertThat(predictor.predict(new Example("any", new BitSet()), picture(4)).mask().indices())
        .containsOnly(0);
  }

  @Test
  void aLargePictureIsScaledDownAndItsMaskIsOfItsOwnSize() {
    PicturePrediction found = predictor.predict("any", picture(8));

    assertThat(found.width()).isEqualTo(8);
    assertThat(((SegmentedPrediction) found).planes().width()).isEqualTo(4);
    assertThat(found.mask().indices()).hasSize(8);
    assertThat(found.mask().indices()[4]).isEqualTo((byte) 2);
  }

  @Test
  void refinersGetBackgroundAndTheClassesThatComeIntoQuestion() throws Exception {
    Refinement swap =
        new Refinement(
            List.of(
                (picture, scores, id) -> {
                  assertThat(id).isEqualTo("any");
                  assertThat(scores.planeCount()).isEqualTo(3);
                  float[] planes = scores.planes().clone();
                  int pixels = scores.pixels();
                  System.arraycopy(scores.planes(), pixels, planes, 2 * pixels, pixels);
                  System.arraycopy(scores.planes(), 2 * pixels, planes, pixels, pixels);
                  return scores.with(planes);
                }),
            "swap");
    RefinedPrediction refined = predictor.predict("any", picture(4)).refined(swap, picture(4));

    assertThat(refined.mask().indices()).containsExactly(0, 2, 1, 0);
  }

  @Test
  void partsOfAPictureAreRefusedAndClosingClosesTheModel() {
    assertThatThrownBy(() -> predictor.predict("any", picture(8), LargePictures.TILED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a segmentation network looks at pictures whole, not in parts");

    predictor.close();

    assertThat(model.closed).isTrue();
    assertThatThrownBy(() -> predictor.predict("any", picture(4)))
        .hasMessage("the predictor is closed");
  }

  @Test
  void scoresOfBackgroundAloneGiveAnEmptyMask() {
    ClassScores none = new ClassScores(2, 1, new int[0], new float[] {1, 1});
    SegmentedPrediction prediction =
        new SegmentedPrediction(new Example("any", new BitSet()), new float[3], 2, 1, none);

    assertThat(prediction.mask().indices()).containsOnly(0);
    assertThat(prediction.scores().score()).containsOnly(0);
  }
}
