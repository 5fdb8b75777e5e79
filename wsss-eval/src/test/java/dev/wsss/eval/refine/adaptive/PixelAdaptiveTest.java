package dev.wsss.eval.refine.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.testing.PseudoLabelRefinerContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelAdaptiveTest extends PseudoLabelRefinerContract {
  private static final List<Integer> USUAL = List.of(1, 2, 4, 8, 12, 24);

  @Override
  protected PseudoLabelRefiner refiner() {
    return new PixelAdaptive(PixelAdaptiveConfig.of(AffinityForm.PAMR), 2);
  }

  @Test
  void agreesWithNumpy() throws IOException {
    Map<String, double[]> golden = golden();
    int width = (int) golden.get("size")[0];
    int height = (int) golden.get("size")[1];
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) golden.get("rgb")[i];
    }
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) golden.get("scores")[i];
    }
    RgbImage picture = new RgbImage(width, height, rgb);
    ClassScores scores = new ClassScores(width, height, new int[] {0, 4}, planes);
    Map<String, PixelAdaptiveConfig> cases =
        Map.of(
            "pamr", PixelAdaptiveConfig.of(AffinityForm.PAMR),
            "par", PixelAdaptiveConfig.of(AffinityForm.PAR),
            "few", config(AffinityForm.PAMR, List.of(3, 1), 3, 0.5, 0.2),
            "once", config(AffinityForm.PAR, List.of(2), 1, 0.3, 0));
    cases.forEach(
        (name, config) -> {
          float[] refined = new PixelAdaptive(config, 2).refine(picture, scores, "a").planes();
          double[] expected = golden.get(name);
          for (int i = 0; i < expected.length; i++) {
            assertThat((double) refined[i])
                .as("%s, number %s", name, i)
                .isCloseTo(expected[i], within(5e-6));
          }
        });
  }

  private static Map<String, double[]> golden() throws IOException {
    Map<String, double[]> golden = new HashMap<>();
    try (InputStream in = PixelAdaptiveTest.class.getResourceAsStream("/pixel-adaptive.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] words = line.split(" ");
        golden.put(
            words[0], Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return golden;
  }

  @ParameterizedTest
  @CsvSource({"2, 150, 100", "3, 9, 61", "21, 40, 1", "1, 1, 30"})
  void doesNotDependOnTheNumberOfThreads(int planes, int width, int height) {
    RgbImage picture = noise(width, height);
    ClassScores scores = opinion(planes, width, height);
    for (AffinityForm form : AffinityForm.values()) {
      PixelAdaptiveConfig config = PixelAdaptiveConfig.of(form);
      float[] one = new PixelAdaptive(config, 1).refine(picture, scores, "a").planes();
      assertThat(new PixelAdaptive(config, 5).refine(picture, scores, "a").planes()).isEqualTo(one);
    }
  }

  /** Neighbours of a pixel of one colour weigh the same; the border stands beyond the picture. */
  @Test
  void withoutColoursTheMeanIsPlain() {
    float[] planes = {0.9f, 0.1f, 0.3f};
    float[] refined =
        new PixelAdaptive(config(AffinityForm.PAMR, List.of(1), 1, 0.1, 0))
            .refine(new RgbImage(3, 1, new byte[9]), new ClassScores(3, 1, new int[0], planes), "a")
            .planes();
    // Above and below stands the same row: of the eight neighbours two are the pixel itself.
    float[] expected = {(5 * 0.9f + 3 * 0.1f) / 8, (3 * 0.9f + 2 * 0.1f + 3 * 0.3f) / 8, 0.25f};
    expected[2] = (5 * 0.3f + 3 * 0.1f) / 8;
    for (int i = 0; i < 3; i++) {
      assertThat(refined[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void withoutRoundsScoresStayAsTheyAre() {
    ClassScores scores = opinion(3, 20, 10);
    assertThat(
            new PixelAdaptive(config(AffinityForm.PAR, USUAL, 0, 0.3, 0.01))
                .refine(noise(20, 10), scores, "a")
                .planes())
        .isEqualTo(scores.planes());
  }

  @ParameterizedTest
  @CsvSource({"PAMR", "PAR"})
  void movesLabelsToTheEdgeOfTheColours(AffinityForm form) {
    int width = 60;
    int height = 40;
    byte[] rgb = new byte[3 * width * height];
    float[] map = new float[width * height];
    byte[] truth = new byte[width * height];
    Random random = new Random(5);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean object = x >= 20 && x < 45 && y >= 10 && y < 32;
        for (int c = 0; c < 3; c++) {
          rgb[3 * (y * width + x) + c] = (byte) ((object ? 190 : 40) + random.nextInt(12));
        }
        // A blot beside the object, as maps are.
        map[y * width + x] = (float) Math.exp(-(Math.pow(x - 28, 2) + Math.pow(y - 18, 2)) / 150);
        truth[y * width + x] = (byte) (object ? 8 : 0);
      }
    }
    ClassScores scores =
        new BackgroundRule.Threshold(0.3).beside(width, height, new int[] {7}, map);
    int before = wrong(scores, truth);
    assertThat(before).isGreaterThan(200);
    ClassScores refined =
        new PixelAdaptive(PixelAdaptiveConfig.of(form))
            .refine(new RgbImage(width, height, rgb), scores, "a");
    assertThat(wrong(refined, truth)).isLessThan(before / 4);
  }

  @Test
  void largePicturesAfterSmallOnesHaveTheirOwnSize() {
    PixelAdaptive used = new PixelAdaptive(PixelAdaptiveConfig.of(AffinityForm.PAMR), 2);
    for (int[] size : new int[][] {{40, 6}, {5, 70}, {64, 64}, {3, 3}}) {
      ClassScores scores = opinion(2, size[0], size[1]);
      RgbImage picture = noise(size[0], size[1]);
      assertThat(used.refine(picture, scores, "a").planes())
          .isEqualTo(
              new PixelAdaptive(PixelAdaptiveConfig.of(AffinityForm.PAMR), 1)
                  .refine(picture, scores, "a")
                  .planes());
    }
  }

  @Test
  void refusesDilationsThatMakeNoSense() {
    assertThatThrownBy(() -> config(AffinityForm.PAMR, List.of(), 1, 0.1, 0))
        .hasMessage("dilations names 0 distances; allowed are 1 to 24, such as [1, 2, 4]");
    assertThatThrownBy(() -> config(AffinityForm.PAMR, List.of(1, 2, 1), 1, 0.1, 0))
        .hasMessage("dilations repeats a distance: [1, 2, 1]");
    assertThatThrownBy(() -> config(AffinityForm.PAMR, List.of(1, 0), 1, 0.1, 0))
        .hasMessage("dilations holds 0; distances are 1 pixel or more");
  }

  private static int wrong(ClassScores scores, byte[] truth) {
    byte[] labels = scores.labels().indices();
    return (int) IntStream.range(0, truth.length).filter(p -> labels[p] != truth[p]).count();
  }

  private static PixelAdaptiveConfig config(
      AffinityForm form, List<Integer> dilations, int rounds, double factor, double places) {
    return new PixelAdaptiveConfig(
        form, dilations, rounds, Optional.of(factor), Optional.of(places));
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(3).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  private static ClassScores opinion(int planes, int width, int height) {
    Random random = new Random(4);
    float[] scores = new float[planes * width * height];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
    }
    return new ClassScores(width, height, IntStream.range(0, planes - 1).toArray(), scores);
  }
}
