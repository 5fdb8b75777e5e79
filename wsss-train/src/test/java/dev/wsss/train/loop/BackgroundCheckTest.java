package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackgroundCheckTest {

  @Test
  void tooLittleBackgroundIsToldWithWhatToChange() {
    assertThat(warnings(Map.of("rcm/background", 0.331, "rcm/images", 8.0, "total", 0.1)))
        .containsExactly(
            "epoch 3: rcm took 33 % of the pixels for background (rcm/background in metrics.csv),"
                + " where 40 to 98 % are plausible; its threshold does not fit these maps, and what"
                + " it teaches is probably wrong. Raise the threshold, or let it follow the maps"
                + " (rcm has threshold-rule: otsu and share)");
  }

  @Test
  void nothingButBackgroundIsToldToo() {
    assertThat(warnings(Map.of("mine/background", 0.99)))
        .containsExactly(
            "epoch 3: mine took 99 % of the pixels for background (mine/background in metrics.csv),"
                + " where 40 to 98 % are plausible; its threshold does not fit these maps, and what"
                + " it teaches is probably wrong. Lower the threshold, let it follow the maps"
                + " (rcm has threshold-rule: otsu and share), or begin later (from-epoch)");
  }

  @Test
  void plausibleSharesAreNotWorthAWord() {
    assertThat(warnings(Map.of("a/background", 0.4, "b/background", 0.98, "background", 0.0)))
        .isEmpty();
  }

  /** As the affinity labels of a random walk were, with thresholds of other maps. */
  @Test
  void masksThatAreNearlyAllObjectAreTold() {
    assertThat(
            BackgroundCheck.ofMasks(report(Map.of("labels/background", 0.10)), "labels/background"))
        .containsExactly(
            "epoch 3: labels took 10 % of the pixels for background (labels/background in"
                + " metrics.csv), where 40 to 98 % are plausible; what it learns is probably wrong:"
                + " raise the threshold of the masks (pseudo-labels.threshold, or alpha-low and"
                + " alpha-high of a random walk's labels)");
  }

  @Test
  void masksWithoutObjectsAreTold() {
    assertThat(
            BackgroundCheck.ofMasks(report(Map.of("labels/background", 0.99)), "labels/background"))
        .singleElement()
        .asString()
        .contains("probably wrong: lower the threshold");
    assertThat(
            BackgroundCheck.ofMasks(report(Map.of("labels/background", 0.8)), "labels/background"))
        .isEmpty();
    assertThat(BackgroundCheck.ofMasks(report(Map.of()), "labels/background")).isEmpty();
  }

  private static List<String> warnings(Map<String, Double> means) {
    return BackgroundCheck.ofSlots(report(means));
  }

  private static EpochReport report(Map<String, Double> means) {
    return new EpochReport(new TrainingClock(3, 6, 30, 60), means, 10, 0);
  }
}
