package dev.wsss.eval.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.CamInference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large pictures, part by part. */
final class TilesTest {
  private static final int WIDTH = 517;
  private static final int HEIGHT = 391;

  @ParameterizedTest
  @CsvSource({"1,16,4", "15,16,4", "16,16,4", "17,16,4", "100,16,4", "1500,93,23", "64,5,1"})
  void weightsOfEveryCellAddUpToOne(int cells, int most, int overlap) {
    TileAxis axis = TileAxis.of(cells, most, overlap);
    float[] sums = new float[cells];
    for (int i = 0; i < axis.starts().length; i++) {
      for (int x = 0; x < axis.length(); x++) {
        sums[axis.starts()[i] + x] += axis.weights()[i][x];
      }
      if (i > 0) {
        assertThat(axis.starts()[i]).isLessThanOrEqualTo(axis.starts()[i - 1] + most - overlap);
      }
    }
    for (float sum : sums) {
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void aWholePictureAndItsPartsSayTheSameWhereTheNetworkSeesTheSame() {
    CamInference inference = inference(new ColourModel());
    RgbImage picture = smooth();
    float[] whole = new TiledMaps(inference, 1000, 4).of(picture, all(), TileListener.SILENT);
    float[] parts = new TiledMaps(inference, 32, 8).of(picture, all(), TileListener.SILENT);

    assertThat(parts).hasSize(whole.length);
    int width = TiledMaps.cells(WIDTH);
    for (int i = 0; i < whole.length; i++) {
      // Cells of the network do not lie on the same pixels in every part.
      assertThat(parts[i]).as("column %d", i % width).isCloseTo(whole[i], within(4f));
    }
  }

  /** This network thinks less of what lies near an edge, as those do that pad with zeros. */
  @Test
  void seamsDoNotShow() {
    CamInference inference = inference(new EdgeShy());
    RgbImage picture = smooth();
    float[] blended = new TiledMaps(inference, 32, 8).of(picture, all(), TileListener.SILENT);
    int width = TiledMaps.cells(WIDTH);
    int height = TiledMaps.cells(HEIGHT);

    double atSeams = 0;
    int seams = 0;
    double elsewhere = 0;
    int others = 0;
    TileAxis axis = TileAxis.of(width, 32, 8);
    for (int y = 0; y < height; y++) {
      for (int x = 1; x < width; x++) {
        double step = Math.abs(blended[y * width + x] - blended[y * width + x - 1]);
        if (isSeam(axis, x)) {
          atSeams += step;
          seams++;
        } else {
          elsewhere += step;
          others++;
        }
      }
    }
    assertThat(axis.starts()).hasSizeGreaterThan(3);
    assertThat(atSeams / seams).isLessThan(1.5 * elsewhere / others);

    // Without blending the same steps stand out: the test can fail.
    float[] abutting = new TiledMaps(inference, 32, 0).of(picture, all(), TileListener.SILENT);
    TileAxis edges = TileAxis.of(width, 32, 0);
    double hard = 0;
    for (int y = 0; y < height; y++) {
      int x = edges.starts()[1];
      hard += Math.abs(abutting[y * width + x] - abutting[y * width + x - 1]) / height;
    }
    assertThat(hard).isGreaterThan(3 * atSeams / seams);
  }

  @Test
  void anotherTilingGivesNearlyTheSame() {
    CamInference inference = inference(new EdgeShy());
    float[] one = new TiledMaps(inference, 32, 8).of(smooth(), all(), TileListener.SILENT);
    float[] other = new TiledMaps(inference, 28, 9).of(smooth(), all(), TileListener.SILENT);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < one.length; i++) {
      difference += Math.abs(one[i] - other[i]);
      size += one[i];
    }
    assertThat(difference / size).isLessThan(0.05);
  }

  @Test
  void labelsAreDecidedOnTheWholePictureAndMasksHaveItsResolution() {
    // Red fills most parts, but green none that the whole picture would be labelled with.
    RgbImage picture = ColourModel.picture(WIDTH, HEIGHT, 0xff0000, 0, 0, 300, HEIGHT);
    ColourModel model = new ColourModel();
    Predictor predictor = new Predictor(model, ColourModel.info());

    PicturePrediction tiled = predictor.predict("any", picture, LargePictures.TILED);

    assertThat(tiled.example().labels().stream()).containsExactly(0);
    assertThat(tiled.mask().width()).isEqualTo(WIDTH);
    assertThat(tiled.mask().height()).isEqualTo(HEIGHT);
    assertThat(model.passes.get()).isGreaterThan(50);
    for (int y = 0; y < HEIGHT; y += 10) {
      assertThat(tiled.mask().at(290, y)).isEqualTo(1);
      assertThat(tiled.mask().at(310, y)).isZero();
    }
    RgbImage small = ColourModel.picture(60, 40, 0xff0000, 0, 0, 40, 40);
    assertThat(predictor.predict("any", small, LargePictures.TILED).mask().indices())
        .isEqualTo(predictor.predict("any", small).mask().indices());
  }

  @Test
  void theNumberOfPartsIsKnownBeforehandAndEachIsHeardOf() {
    ColourModel model = new ColourModel();
    Predictor predictor = new Predictor(model, ColourModel.info());
    RgbImage picture = ColourModel.picture(WIDTH, HEIGHT, 0xff0000, 0, 0, 300, HEIGHT);
    int parts = predictor.tiles(WIDTH, HEIGHT);
    List<String> heard = new ArrayList<>();

    predictor.predict(
        new Example("any", new BitSet()),
        picture,
        predictor.info().labels(),
        LargePictures.TILED,
        (done, of) -> heard.add(done + "/" + of));

    // 130 and 98 cells in parts of 16 that share 4 at least.
    assertThat(parts).isEqualTo(11 * 8);
    assertThat(heard)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, parts).mapToObj(i -> i + "/" + parts).toList());
    // One pass that decides on the classes, and one for each part.
    assertThat(model.passes).hasValue(1 + parts);
    assertThat(predictor.tiles(ColourModel.SIDE, 1)).isZero();
    assertThat(predictor.tiles(HEIGHT, WIDTH)).isEqualTo(parts);
  }

  /** As docs/predict.md counts them. */
  @ParameterizedTest
  @CsvSource({"4000,3000,154", "6000,6000,484"})
  void partsOfLargePictures(int width, int height, int parts) {
    assertThat(new TiledMaps(inference(new ColourModel()), 375).count(width, height))
        .isEqualTo(parts);
  }

  @Test
  void noPartIsLookedAtWhereThereIsNoClass() {
    ColourModel model = new ColourModel();
    Predictor predictor = new Predictor(model, ColourModel.info());

    PicturePrediction none =
        predictor.predict(
            "any", ColourModel.picture(WIDTH, HEIGHT, 0, 0, 0, 1, 1), LargePictures.TILED);

    assertThat(model.passes).hasValue(1);
    assertThat(none.mask().width()).isEqualTo(WIDTH);
    assertThat(none.mask().height()).isEqualTo(HEIGHT);
    assertThat(none.mask().indices()).containsOnly(0);
    assertThat(none.scores().score()).containsOnly(0);
  }

  private static boolean isSeam(TileAxis axis, int x) {
    for (int start : axis.starts()) {
      if (x == start || x == start + axis.length()) {
        return true;
      }
    }
    return false;
  }

  private static CamInference inference(CamModel model) {
    return new CamInference(model, new CamConfig(List.of(1.0), true, 1));
  }

  private static BitSet all() {
    BitSet classes = new BitSet();
    classes.set(0, 3);
    return classes;
  }

  /** Slow waves in every channel. */
  private static RgbImage smooth() {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int c = 0; c < 3; c++) {
          double wave = Math.sin(x / 90.0 + c) + Math.cos(y / 70.0 - c);
          rgb[3 * (y * WIDTH + x) + c] = (byte) (180 + 30 * wave);
        }
      }
    }
    return new RgbImage(WIDTH, HEIGHT, rgb);
  }

  /** Half of what {@link ColourModel} says in the outermost cells of what it is shown. */
  private static final class EdgeShy implements CamModel {
    private final ColourModel model = new ColourModel();

    @Override
    public int shortestSide() {
      return model.shortestSide();
    }

    @Override
    public RawMaps run(PixelBatch pixels, boolean features) {
      var raw = model.run(pixels, features);
      for (int i = 0; i < raw.maps().length; i++) {
        int x = i % raw.width();
        int y = i / raw.width() % raw.height();
        if (x == 0 || y == 0 || x == raw.width() - 1 || y == raw.height() - 1) {
          raw.maps()[i] /= 2;
        }
      }
      return raw;
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
