package dev.wsss.eval.cam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import java.util.BitSet;
import java.util.List;
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
    assertThat(tally.choose(1, LabelThresholds.HELD_OUT))
        .isEqualTo(new LabelThresholds(List.of(0.375), LabelThresholds.HELD_OUT));
  }

  @Test
  void takesTheLargestF1() {
    // From above: hit, miss, hit, hit, miss. F1 = 1/2, 2/5, 2/3, 6/7, 3/4.
    add(new float[] {0.875f}, 0);
    add(new float[] {0.75f});
    add(new float[] {0.5f}, 0);
    add(new float[] {0.25f}, 0);
    add(new float[] {0.125f});
    assertThat(tally.choose(1, LabelThresholds.HELD_OUT).byClass()).containsExactly(0.1875);
  }

  @Test
  void neverSeparatesEqualProbabilities() {
    add(new float[] {0.5f}, 0);
    add(new float[] {0.5f});
    add(new float[] {0.25f});
    assertThat(tally.choose(1, LabelThresholds.HELD_OUT).byClass()).containsExactly(0.375);
  }

  @Test
  void aClassThatNoPictureHasTakesTheThresholdOfAllTogether() {
    add(new float[] {0.75f, 0.5f}, 0);
    add(new float[] {0.25f, 0.125f});
    assertThat(choose(2)).containsExactly(0.625, 0.625);
  }

  /** The first class lies at 0.2 wherever it is, all others at 0.6. */
  @Test
  void aClassFindsItsOwnThresholdAsItsLabelsGrow() {
    addTwoKinds(2);
    assertThat(choose(2).get(0)).as("two labels of its own").isGreaterThan(0.4);
    addTwoKinds(200);
    assertThat(choose(2).get(0)).as("hundreds").isLessThan(0.2);
  }

  @Test
  void isOneHalfWithoutPictures() {
    assertThat(tally.choose(2, LabelThresholds.HELD_OUT)).isEqualTo(LabelThresholds.even(2));
  }

  @Test
  void labelsWhatReachesTheThreshold() {
    LabelThresholds thresholds = new LabelThresholds(List.of(0.5, 0.25, 0.5), "held-out");
    Example labelled =
        thresholds.label(TestPictures.example("x", 0, 2), new float[] {0.4f, 0.25f, 0.6f});
    assertThat(labelled).isEqualTo(TestPictures.example("x", 1, 2));
  }

  private void addTwoKinds(int pictures) {
    for (int i = 0; i < pictures; i++) {
      add(new float[] {0.2f, 0.1f}, 0);
      add(new float[] {0.1f, 0.6f}, 1);
      add(new float[] {0.1f, 0.6f}, 1);
      for (int absent = 0; absent < 4; absent++) {
        add(new float[] {0.1f, 0.5f});
      }
    }
  }

  private List<Double> choose(int classes) {
    return tally.choose(classes, LabelThresholds.LEFT_OUT).byClass();
  }

  private void add(float[] probabilities, int... labels) {
    BitSet present = new BitSet();
    IntStream.of(labels).forEach(present::set);
    ScoreMap map = new ScoreMap(1, 1, new byte[1], new float[1]);
    tally.add(new Prediction(new Example("x", present), probabilities, map, Optional.empty()));
  }
}
