package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.eval.image.BilinearResize;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CamInferenceTest {
  private static final CamConfig AUTHORS = new CamConfig(List.of(0.5, 1.0, 1.5, 2.0), true, 1);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"32, 24, true", "33, 21, true", "19, 30, false", "7, 50, true", "3, 2, true"})
  void equalsTheFormulasPixelByPixel(int width, int height, boolean flip) {
    CamConfig config = new CamConfig(AUTHORS.scales(), flip, 1);
    LabelledPicture picture = TestPictures.random(width, width, height, 0, 2);
    Prediction prediction = inference(config).predict(picture);

    double[][][] sum = PlainCams.sum(picture.image(), config);
    assertThat(prediction.map().width()).isEqualTo(width);
    assertThat(prediction.map().height()).isEqualTo(height);
    double red = maximum(sum[0]);
    double blue = maximum(sum[2]);
    for (int p = 0; p < width * height; p++) {
      double redScore = sum[0][p / width][p % width] / (red + 1e-5);
      double blueScore = sum[2][p / width][p % width] / (blue + 1e-5);
      assertThat((double) prediction.map().score()[p])
          .isCloseTo(Math.max(redScore, blueScore), within(2e-5));
      if (Math.abs(redScore - blueScore) > 1e-4) {
        assertThat((int) prediction.map().winner()[p]).isEqualTo(redScore > blueScore ? 0 : 2);
      }
    }
  }

  @Test
  void aLargerPictureIsScaledDownAndItsMapsAreScaledBack() {
    LabelledPicture large = TestPictures.random(9, 66, 42, 0, 2);
    RgbImage small = BilinearResize.toLongSide(large.image(), 33).apply(large.image());
    CamConfig config = new CamConfig(AUTHORS.scales(), true, 1, 33);
    Prediction prediction = inference(config).predict(large);

    float[] sum =
        inference(AUTHORS).activations(small, large.example().labels(), 66, 42); // of the small one
    assertThat(inference(config).activations(large.image(), large.example().labels(), 66, 42))
        .isEqualTo(sum);
    PictureMaps expected = PictureMaps.of(large.example(), prediction.probabilities(), 66, 42, sum);
    assertThat(prediction.map().score()).isEqualTo(expected.winners().score());
    assertThat(prediction.map().width()).isEqualTo(66);
    assertThat(prediction.probabilities())
        .isEqualTo(
            inference(AUTHORS)
                .predict(new LabelledPicture(large.example(), small, Optional.empty()))
                .probabilities());
    assertThat(inference(new CamConfig(AUTHORS.scales(), true, 1, 66)).predict(large).map().score())
        .isEqualTo(inference(AUTHORS).predict(large).map().score());
  }

  @Test
  void takesProbabilitiesOfAllClassesFromTheUnmirroredPictureAtScaleOne() {
    LabelledPicture picture = TestPictures.random(5, 24, 20, 1);
    double[] expected = new double[3];
    double[][][] maps = PlainCams.maps(picture.image(), 1, false);
    for (int k = 0; k < 3; k++) {
      double mean =
          java.util.Arrays.stream(maps[k])
              .flatMapToDouble(java.util.Arrays::stream)
              .average()
              .orElseThrow();
      expected[k] = 1 / (1 + Math.exp(-mean));
    }
    for (CamConfig config : List.of(AUTHORS, new CamConfig(List.of(0.5), true, 1))) {
      float[] probabilities = inference(config).predict(picture).probabilities();
      assertThat(probabilities).hasSize(3);
      for (int k = 0; k < 3; k++) {
        assertThat((double) probabilities[k]).isCloseTo(expected[k], within(1e-5));
      }
    }
  }

  @Test
  void keepsToLabelledClasses() {
    Prediction prediction = inference(AUTHORS).predict(TestPictures.random(6, 20, 20, 1));
    assertThat(prediction.map().winner()).containsOnly(1);
    assertThat(maximum(prediction.map().score())).isCloseTo(1, within(1e-4f));
  }

  @Test
  void givesAZeroMapWithoutLabels() {
    Prediction prediction = inference(AUTHORS).predict(TestPictures.random(7, 9, 8));
    assertThat(prediction.map().score()).hasSize(72).containsOnly(0);
    assertThat(prediction.map().winner()).containsOnly(0);
    assertThat(prediction.probabilities()).hasSize(3);
  }

  @Test
  void givesZeroScoresWhereNoClassIsActive() {
    // Black is below every mean, so that all maps are negative.
    RgbImage black = new RgbImage(8, 8, new byte[192]);
    LabelledPicture picture =
        new LabelledPicture(TestPictures.example("black", 0, 1), black, Optional.empty());
    assertThat(inference(AUTHORS).predict(picture).map().score()).containsOnly(0);
  }

  @Test
  void givesTheSameInOnePassAsOneByOne() {
    List<LabelledPicture> pictures =
        List.of(
            TestPictures.random(1, 30, 22, 0),
            TestPictures.random(2, 30, 22),
            TestPictures.random(3, 30, 22, 0, 1, 2),
            TestPictures.random(4, 30, 22, 2));
    try (CamNetwork network = FakeNetworks.convolutional(manager)) {
      network.freeze();
      CamInference inference = new CamInference(new TrainedModel(network, manager), AUTHORS);
      List<Prediction> together = inference.predict(pictures);
      for (int i = 0; i < pictures.size(); i++) {
        Prediction alone = inference.predict(pictures.get(i));
        assertThat(together.get(i).example()).isEqualTo(pictures.get(i).example());
        assertThat(together.get(i).truth()).isEqualTo(pictures.get(i).truth());
        assertThat(together.get(i).map().score())
            .containsExactly(alone.map().score(), within(1e-5f));
        assertThat(together.get(i).probabilities())
            .containsExactly(alone.probabilities(), within(1e-5f));
      }
    }
  }

  @Test
  void givesTheSameWithAndWithoutAGraph() {
    LabelledPicture picture = TestPictures.random(8, 26, 18, 0, 1);
    try (CamNetwork network = FakeNetworks.convolutional(manager)) {
      CamInference inference = new CamInference(new TrainedModel(network, manager), AUTHORS);
      Prediction inGraph = inference.predict(picture);
      network.freeze();
      assertThat(inference.predict(picture).map().score()).isEqualTo(inGraph.map().score());
    }
  }

  @Test
  void leavesNoArrayBehindOverFiftyPictures() {
    try (CamNetwork network = FakeNetworks.convolutional(manager)) {
      network.freeze();
      CamInference inference = new CamInference(new TrainedModel(network, manager), AUTHORS);
      inference.predict(TestPictures.random(0, 20, 20, 0));
      int before = manager.getManagedArrays().size();
      assertThat(before).as("the network's own arrays").isPositive();
      for (int i = 1; i <= 50; i++) {
        int[] labels = IntStream.range(0, i % 4).toArray();
        inference.predict(TestPictures.random(i, 10 + i, 40 - i / 2, labels));
        assertThat(manager.getManagedArrays().size()).as("after picture %d", i).isEqualTo(before);
      }
    }
  }

  @Test
  void refusesPicturesOfDifferentSizesInOnePass() {
    CamInference inference = inference(AUTHORS);
    List<LabelledPicture> pictures =
        List.of(TestPictures.random(1, 8, 9, 0), TestPictures.random(2, 9, 8, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference.predict(pictures))
        .withMessage("pictures of different sizes in one pass: 'picture-1' and 'picture-2'");
  }

  @Test
  void namesThePictureWithALabelBeyondTheNetwork() {
    LabelledPicture picture = TestPictures.random(1, 8, 8, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inference(AUTHORS).predict(picture))
        .withMessage("picture 'picture-1' has label 3, but the network's last class is 2");
  }

  private CamInference inference(CamConfig config) {
    return new CamInference(new TrainedModel(FakeNetworks.formula(manager), manager), config);
  }

  private static double maximum(double[][] map) {
    double maximum = 0;
    for (double[] row : map) {
      for (double value : row) {
        maximum = Math.max(maximum, value);
      }
    }
    return maximum;
  }

  private static float maximum(float[] values) {
    float maximum = 0;
    for (float value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }
}
