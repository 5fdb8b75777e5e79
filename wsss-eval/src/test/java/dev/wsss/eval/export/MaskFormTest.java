package dev.wsss.eval.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.CamInference;
import dev.wsss.eval.cam.LabelSource;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.cam.LabelledPicture;
import dev.wsss.eval.cam.MapMethod;
import dev.wsss.eval.cam.PixelCorrelationModel;
import dev.wsss.eval.cam.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph gives the masks that CamInference and ScoreMap give. */
final class MaskFormTest {
  private static final double THRESHOLD = 0.3;

  /** Near what this network says of noise, so that classes fall on both sides. */
  private static final List<Double> LABEL_THRESHOLDS = List.of(0.4, 0.5, 0.6, 0.45, 0.55);

  private final NDManager manager = NDManager.newBaseManager();
  private final CamNetwork network = SmallNetwork.of(manager);
  private MapMethod method = MapMethod.CAM;

  @AfterEach
  void close() {
    network.close();
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'0.5,1,1.5,2', true, 3, 40, 56",
    "'0.5,1,1.5,2', true, 1, 37, 23",
    "'0.5,1,1.5,2', false, 2, 33, 47",
    "'0.75,1.3', true, 2, 41, 29",
    "'2,0.3', false, 1, 31, 30",
    "'1', true, 4, 16, 21",
    "'1', false, 1, 3, 50",
    "'0.5', true, 1, 5, 2",
  })
  void givesTheMasksOfTheFramework(String scales, boolean flip, int count, int height, int width)
      throws Exception {
    List<Double> factors = Arrays.stream(scales.split(",")).map(Double::valueOf).toList();
    CamConfig cams = new CamConfig(factors, flip, 1 << 17);
    float[][] labels = labels(count, new Random(height));
    List<LabelledPicture> pictures = pictures(count, height, width, labels);

    assertSame(cams, pictures, LabelSource.GIVEN, labels);
    method = MapMethod.PIXEL_CORRELATION;
    assertSame(cams, pictures, LabelSource.GIVEN, labels);
  }

  @Test
  void decidesByTheProbabilitiesWhereNobodyHasLabelled() throws Exception {
    CamConfig cams = new CamConfig(List.of(0.5, 1.0), true, 1 << 17);
    float[][] labels = new float[4][SmallNetwork.CLASSES];
    for (float[] row : labels) {
      Arrays.fill(row, -1);
    }
    List<LabelledPicture> pictures = pictures(4, 30, 26, labels);
    LabelThresholds thresholds = new LabelThresholds(LABEL_THRESHOLDS, LabelThresholds.HELD_OUT);

    List<Prediction> said = assertSame(cams, pictures, thresholds, labels);

    int decided = said.stream().mapToInt(p -> p.example().labels().cardinality()).sum();
    assertThat(decided).isBetween(1, 4 * SmallNetwork.CLASSES - 1);
  }

  @Test
  void aPictureWithoutAClassIsBackground() throws Exception {
    CamConfig cams = new CamConfig(List.of(1.0), true, 1 << 17);
    float[][] labels = {new float[SmallNetwork.CLASSES], {0, 0, 1, 0, 0}};
    List<LabelledPicture> pictures = pictures(2, 20, 20, labels);

    assertSame(cams, pictures, LabelSource.GIVEN, labels);
  }

  /** A class's map is 0 in places, and everywhere where it is not present. */
  @Test
  void whatNoClassIsActiveInIsBackgroundAtThresholdZeroToo() throws Exception {
    CamConfig cams = new CamConfig(List.of(1.0), true, 1 << 17);
    float[][] labels = {new float[SmallNetwork.CLASSES], {0, 0, 1, 0, 0}, {1, 0, 0, 0, 0}};
    List<LabelledPicture> pictures = pictures(3, 40, 40, labels);

    List<Prediction> said = assertSame(cams, pictures, LabelSource.GIVEN, labels, 0);

    assertThat(said.get(0).map().mask(0).indices()).containsOnly(0);
    byte[] mask = said.get(1).map().mask(0).indices();
    assertThat(mask).contains(0, 3).containsOnly(0, 3);
  }

  @Test
  void aThresholdIsReachedByTheSameFloats() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double threshold = random.nextDouble();
      float limit = PresentClasses.atLeast(threshold);

      assertThat((double) limit).isGreaterThanOrEqualTo(threshold);
      assertThat((double) Math.nextDown(limit)).isLessThan(threshold);
    }
  }

  private List<Prediction> assertSame(
      CamConfig cams, List<LabelledPicture> pictures, LabelSource source, float[][] labels)
      throws Exception {
    return assertSame(cams, pictures, source, labels, THRESHOLD);
  }

  private List<Prediction> assertSame(
      CamConfig cams,
      List<LabelledPicture> pictures,
      LabelSource source,
      float[][] labels,
      double threshold)
      throws Exception {
    CamModel own = new TrainedModel(network, manager);
    CamModel model = method == MapMethod.CAM ? own : new PixelCorrelationModel(own);
    List<Prediction> expected = new CamInference(model, cams).predict(pictures, source);
    List<RgbImage> images = pictures.stream().map(LabelledPicture::image).toList();
    int pixels = images.get(0).width() * images.get(0).height();
    try (Exported graph =
            new Exported(MaskForm.of(network, cams, method, threshold, LABEL_THRESHOLDS));
        OnnxTensor input = graph.pixels(images);
        OnnxTensor asked = graph.labels(labels);
        OrtSession.Result result = graph.run(Map.of("pixels", input, "labels", asked))) {
      OnnxTensor masks = Exported.output(result, "masks");
      assertThat(masks.getInfo().getShape())
          .containsExactly(images.size(), images.get(0).height(), images.get(0).width());
      byte[] indices = new byte[images.size() * pixels];
      masks.getByteBuffer().get(indices);
      float[] scores = Exported.output(result, "scores").getFloatBuffer().array();
      float[] probabilities = Exported.output(result, "probabilities").getFloatBuffer().array();
      int different = 0;
      for (int i = 0; i < images.size(); i++) {
        byte[] mask = expected.get(i).map().mask(threshold).indices();
        for (int p = 0; p < pixels; p++) {
          different += mask[p] == indices[i * pixels + p] ? 0 : 1;
          assertThat(scores[i * pixels + p])
              .isCloseTo(expected.get(i).map().score()[p], within(1e-4f));
        }
        for (int k = 0; k < SmallNetwork.CLASSES; k++) {
          assertThat(probabilities[i * SmallNetwork.CLASSES + k])
              .isCloseTo(expected.get(i).probabilities()[k], within(1e-5f));
        }
      }
      // Only where two classes or a score and the threshold are equal but for rounding.
      assertThat(different).isLessThanOrEqualTo(images.size() * pixels / 1000);
    }
    return expected;
  }

  private static float[][] labels(int count, Random random) {
    float[][] labels = new float[count][SmallNetwork.CLASSES];
    for (float[] row : labels) {
      for (int k = 0; k < row.length; k++) {
        row[k] = random.nextInt(2);
      }
      row[random.nextInt(row.length)] = 1;
    }
    return labels;
  }

  private static List<LabelledPicture> pictures(
      int count, int height, int width, float[][] labels) {
    List<LabelledPicture> pictures = new ArrayList<>();
    Random random = new Random(17L * height + width);
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[3 * height * width];
      random.nextBytes(rgb);
      BitSet present = new BitSet();
      for (int k = 0; k < labels[i].length; k++) {
        present.set(k, labels[i][k] == 1);
      }
      pictures.add(
          new LabelledPicture(
              new Example("picture-" + i, present),
              new RgbImage(width, height, rgb),
              Optional.empty()));
    }
    return pictures;
  }
}
