package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PicturePicksTest {

  @Test
  void areTheBestTheWorstAndThoseThatComeFirstOfEachClass() {
    PicturePicks picks = new PicturePicks(10);
    for (int i = 0; i < 100; i++) {
      // 37 is no divisor of 100, so that every share comes once.
      picks.add(picture("p" + i, i % 10 / 5), 0.5, i * 37 % 100 / 100.0);
    }
    assertThat(titles(picks))
        .containsExactly(
            "best p27 0.99",
            "best p54 0.98",
            "best p81 0.97",
            "worst p0 0.0",
            "worst p73 0.01",
            "worst p46 0.02",
            " p5 0.85");
  }

  @Test
  void showNoPictureTwice() {
    PicturePicks picks = new PicturePicks(1);
    for (int i = 0; i < 5; i++) {
      picks.add(picture("p" + i, 0), 0.5, i / 10.0);
    }
    assertThat(titles(picks))
        .containsExactly(
            "best p4 0.4", "best p3 0.3", "best p2 0.2", "worst p0 0.0", "worst p1 0.1");
  }

  @Test
  void withoutATruthTheyAreTheFirstOnesOfEachClass() {
    PicturePicks picks = new PicturePicks(3);
    for (int i = 0; i < 12; i++) {
      picks.add(picture("p" + i, i / 4), 0.5, Double.NaN);
    }
    assertThat(titles(picks))
        .containsExactly(" p0 NaN", " p1 NaN", " p4 NaN", " p5 NaN", " p8 NaN", " p9 NaN");
  }

  private static List<String> titles(PicturePicks picks) {
    return picks.chosen().stream()
        .map(pick -> pick.why() + " " + pick.example().id() + " " + pick.iou())
        .toList();
  }

  private static Prediction picture(String name, int label) {
    BitSet labels = new BitSet();
    labels.set(label);
    return new Prediction(
        new Example(name, labels),
        new float[0],
        new ScoreMap(2, 1, new byte[2], new float[2]),
        Optional.empty());
  }
}
