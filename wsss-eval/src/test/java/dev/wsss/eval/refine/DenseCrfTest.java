package dev.wsss.eval.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.testing.PseudoLabelRefinerContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseCrfTest extends PseudoLabelRefinerContract {

  @Override
  protected PseudoLabelRefiner refiner() {
    return new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cam", "irn-label", "segmentation", "large"})
  void agreesWithTheOriginal(String preset) throws IOException {
    CrfPreset numbers = CrfPreset.valueOf(preset.toUpperCase(Locale.ROOT).replace('-', '_'));
    DenseCrf crf = new DenseCrf(DenseCrfConfig.of(numbers).with(CrfUnary.SCORES), 2);
    try (NDManager manager = NDManager.newBaseManager();
        InputStream in = DenseCrfTest.class.getResourceAsStream("/dense-crf.safetensors")) {
      Map<String, NDArray> golden =
          NDList.decode(manager, in).stream()
              .collect(Collectors.toMap(NDArray::getName, Function.identity()));
      for (int n = 0; n < 3; n++) {
        NDArray probability = golden.get(n + ".probability");
        int labels = (int) probability.getShape().get(0);
        int height = (int) probability.getShape().get(1);
        int width = (int) probability.getShape().get(2);
        int[] pixels = golden.get(n + ".image").toIntArray();
        byte[] rgb = new byte[pixels.length];
        for (int i = 0; i < rgb.length; i++) {
          rgb[i] = (byte) pixels[i];
        }
        int[] present = IntStream.range(0, labels - 1).toArray();
        ClassScores scores = new ClassScores(width, height, present, probability.toFloatArray());
        float[] expected = golden.get(n + "." + preset + ".marginal").toFloatArray();
        ClassScores refined = crf.refine(new RgbImage(width, height, rgb), scores, "a");
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
          difference += Math.abs(refined.planes()[i] - expected[i]);
        }
        assertThat(difference / expected.length).as("picture %s", n).isLessThan(1e-5);
        assertThat(refined.labels().indices()).isEqualTo(scores.with(expected).labels().indices());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 150, 100", "3, 130, 90", "6, 97, 61", "10, 80, 70", "21, 120, 75"})
  void doesNotDependOnTheNumberOfThreads(int labels, int width, int height) {
    RgbImage picture = noise(width, height);
    ClassScores scores = opinion(labels, width, height);
    float[] one =
        new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM), 1).refine(picture, scores, "a").planes();
    float[] four =
        new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM), 4).refine(picture, scores, "a").planes();
    assertThat(four).isEqualTo(one);
  }

  @Test
  void givesProbabilities() {
    int pixels = 40 * 30;
    float[] planes =
        new DenseCrf(DenseCrfConfig.of(CrfPreset.LARGE))
            .refine(noise(40, 30), opinion(5, 40, 30), "a")
            .planes();
    for (int p = 0; p < pixels; p++) {
      float sum = 0;
      for (int k = 0; k < 5; k++) {
        sum += planes[k * pixels + p];
      }
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void withoutIterationsLabelsHaveTheirCertaintyAndShareTheRest() {
    DenseCrfConfig config = config(CrfPreset.IRN_LABEL, Optional.of(0), Optional.empty());
    float[] planes = {0.1f, 0.5f, 0.6f, 0.5f, 0.3f, 0.4f};
    float[] refined =
        new DenseCrf(config)
            .refine(
                new RgbImage(2, 1, new byte[6]),
                new ClassScores(2, 1, new int[] {3, 4}, planes),
                "a")
            .planes();
    float[] expected = {0.15f, 0.15f, 0.7f, 0.7f, 0.15f, 0.15f};
    for (int i = 0; i < expected.length; i++) {
      assertThat(refined[i]).as("score %s", i).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void movesLabelsToTheEdgeOfTheColours() {
    int width = 60;
    int height = 40;
    byte[] rgb = new byte[3 * width * height];
    float[] map = new float[width * height];
    byte[] truth = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean object = x >= 20 && x < 45 && y >= 10 && y < 32;
        Arrays.fill(rgb, 3 * (y * width + x), 3 * (y * width + x) + 3, (byte) (object ? 200 : 40));
        // A blot beside the object, as maps are.
        map[y * width + x] = (float) Math.exp(-(Math.pow(x - 28, 2) + Math.pow(y - 18, 2)) / 400);
        truth[y * width + x] = (byte) (object ? 8 : 0);
      }
    }
    RgbImage picture = new RgbImage(width, height, rgb);
    ClassScores scores =
        new BackgroundRule.Threshold(0.5).beside(width, height, new int[] {7}, map);
    assertThat(wrong(scores, truth)).isGreaterThan(300);
    ClassScores refined =
        new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM)).refine(picture, scores, "a");
    assertThat(wrong(refined, truth)).isLessThan(10);
  }

  private static int wrong(ClassScores scores, byte[] truth) {
    byte[] labels = scores.labels().indices();
    return (int) IntStream.range(0, truth.length).filter(p -> labels[p] != truth[p]).count();
  }

  @Test
  void refusesDeviationsThatAreTooFine() {
    DenseCrfConfig config = config(CrfPreset.CAM, Optional.empty(), Optional.of(0.0001));
    RgbImage picture = noise(40, 30);
    ClassScores scores = opinion(2, 40, 30);
    DenseCrf crf = new DenseCrf(config);
    assertThatThrownBy(() -> crf.refine(picture, scores, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dense-crf: deviations of 80.0 pixels and 1.0E-4 of 255 steps of colour are too small"
                + " for a picture of 40×30; take larger ones");
  }

  private static DenseCrfConfig config(
      CrfPreset preset, Optional<Integer> iterations, Optional<Double> srgb) {
    return new DenseCrfConfig(
        preset,
        Optional.empty(),
        0.7,
        iterations,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        srgb,
        Optional.empty());
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(3).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  private static ClassScores opinion(int labels, int width, int height) {
    Random random = new Random(4);
    float[] planes = new float[labels * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = random.nextFloat();
    }
    return new ClassScores(width, height, IntStream.range(0, labels - 1).toArray(), planes);
  }
}
