package dev.wsss.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.api.metric.ScoreMap;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMapTest {
  private static final ClassNames ONE = new ClassNames(List.of("cat"));
  private static final ClassNames TWO = new ClassNames(List.of("cat", "dog"));

  @Test
  void agreesWithAHandComputedRanking() {
    // Found at ranks 1 and 3: (1/1 + 2/3) / 2.
    List<Score> scores =
        score(ONE, cat(0.9, true), cat(0.2, false), cat(0.4, true), cat(0.7, false));
    assertThat(scores).hasSize(1);
    assertThat(scores.get(0).name()).isEqualTo("map");
    assertThat(scores.get(0).mode()).isEqualTo("none");
    assertThat(scores.get(0).threshold()).isNaN();
    assertThat(scores.get(0).value()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
  }

  @Test
  void countsEqualProbabilitiesTogether() {
    // One of three equals is positive, whatever their order: precision 1/3.
    Prediction[] equals = {cat(0.5, false), cat(0.5, true), cat(0.5, false)};
    assertThat(score(ONE, equals).get(0).value()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void leavesOutAClassThatNoPictureShows() {
    List<Score> scores = score(TWO, picture(new float[] {0.9f, 0.9f}, 0));
    assertThat(scores.get(0).value()).isEqualTo(1);
    assertThat(scores.get(0).perClass()).containsExactly(1.0, Double.NaN);
  }

  @Test
  void givesNoScoreWithoutAnyLabel() {
    assertThat(score(TWO, picture(new float[] {0.9f, 0.9f}))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void equalsTheAreaUnderEveryThresholdsPrecision(long seed) {
    Random random = new Random(seed);
    Prediction[] pictures =
        IntStream.range(0, 40)
            .mapToObj(i -> cat(random.nextInt(15) / 15.0, random.nextInt(3) == 0))
            .toArray(Prediction[]::new);
    double expected = 0;
    double recallBefore = 0;
    for (int level = 15; level >= 0; level--) {
      float threshold = (float) (level / 15.0);
      long found = 0;
      long predicted = 0;
      long positives = 0;
      for (Prediction picture : pictures) {
        boolean positive = picture.example().labels().get(0);
        positives += positive ? 1 : 0;
        if (picture.probabilities()[0] >= threshold) {
          predicted++;
          found += positive ? 1 : 0;
        }
      }
      double recall = found / (double) positives;
      expected += predicted == 0 ? 0 : (recall - recallBefore) * found / predicted;
      recallBefore = recall;
    }
    assertThat(score(ONE, pictures).get(0).value()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void namesThePictureOfADivergedNetwork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(ONE, cat(Double.NaN, true)))
        .withMessage("picture 'p': a probability is NaN. Did the network diverge?");
  }

  @Test
  void namesThePictureWithAnotherNumberOfClasses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> score(TWO, cat(0.5, true)))
        .withMessage("picture 'p': 1 probabilities for 2 classes");
  }

  private static Prediction cat(double probability, boolean present) {
    return present
        ? picture(new float[] {(float) probability}, 0)
        : picture(new float[] {(float) probability});
  }

  private static Prediction picture(float[] probabilities, int... present) {
    BitSet labels = new BitSet();
    for (int k : present) {
      labels.set(k);
    }
    return new Prediction(
        new Example("p", labels),
        probabilities,
        new ScoreMap(1, 1, new byte[1], new float[1]),
        Optional.empty());
  }

  private static List<Score> score(ClassNames classes, Prediction... predictions) {
    ImageMap metric = new ImageMap(new ImageMapConfig());
    ImageProbabilities tally = metric.open(classes);
    for (Prediction prediction : predictions) {
      metric.add(tally, prediction);
    }
    return metric.read(tally, Optional.empty());
  }
}
