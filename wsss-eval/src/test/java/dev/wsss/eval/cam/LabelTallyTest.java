package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelTallyTest {
  private final LabelTally tally = new LabelTally();

  @Test
  void takesTheMiddleOfWhatItSeparates() {
    add(new float[] {0.75f}, 0);
    add(new float[] {0.5f}, 0);
    add(new float[] {0.25f});
    assertThat(tally.choose(1))
        .isEqualTo(new LabelThresholds(java.util.List.of(0.375), LabelThresholds.HELD_OUT));
  }

  @Test
  void takesTheLargestF1() {
    // From above: hit, miss, hit, hit, miss. F1 = 1/2, 2/5, 2/3, 6/7, 3/4.
    add(new float[] {0.875f}, 0);
    add(new float[] {0.75f});
    add(new float[] {0.5f}, 0);
    add(new float[] {0.25f}, 0);
    add(new float[] {0.125f});
    assertThat(tally.choose(1).byClass()).containsExactly(0.1875);
  }

  @Test
  void neverSeparatesEqualProbabilities() {
    add(new float[] {0.5f}, 0);
    add(new float[] {0.5f});
    add(new float[] {0.25f});
    assertThat(tally.choose(1).byClass()).containsExactly(0.375);
  }

  @Test
  void aClassThatNoPictureHasTakesTheThresholdOfAllTogether() {
    add(new float[] {0.75f, 0.5f}, 0);
    add(new float[] {0.25f, 0.125f});
    assertThat(tally.choose(2).byClass()).containsExactly(0.5, 0.625);
  }

  @Test
  void isOneHalfWithoutPictures() {
    assertThat(tally.choose(2)).isEqualTo(LabelThresholds.even(2));
  }

  @Test
  void labelsWhatReachesTheThreshold() {
    LabelThresholds thresholds = new LabelThresholds(java.util.List.of(0.5, 0.25, 0.5), "held-out");
    Example labelled =
        thresholds.label(TestPictures.example("x", 0, 2), new float[] {0.4f, 0.25f, 0.6f});
    assertThat(labelled).isEqualTo(TestPictures.example("x", 1, 2));
  }

  private void add(float[] probabilities, int... labels) {
    BitSet present = new BitSet();
    IntStream.of(labels).forEach(present::set);
    ScoreMap map = new ScoreMap(1, 1, new byte[1], new float[1]);
    tally.add(new Prediction(new Example("x", present), probabilities, map, Optional.empty()));
  }
}
