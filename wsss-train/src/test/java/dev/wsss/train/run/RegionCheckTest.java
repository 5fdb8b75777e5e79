package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionCheckTest {

  @Test
  void tooLittleBackgroundIsToldWithWhatToChange() {
    assertThat(warnings(Map.of("rcm/background", 0.331, "rcm/images", 8.0, "total", 0.1)))
        .containsExactly(
            "epoch 3: rcm took 33 % of the pixels for background (rcm/background in metrics.csv),"
                + " where 40 to 98 % are plausible; its threshold does not fit these maps, and what"
                + " it teaches is probably wrong. Raise the threshold, or let it follow the maps"
                + " (rcm has threshold-rule: share)");
  }

  @Test
  void nothingButBackgroundIsToldToo() {
    assertThat(warnings(Map.of("mine/background", 0.99)))
        .containsExactly(
            "epoch 3: mine took 99 % of the pixels for background (mine/background in metrics.csv),"
                + " where 40 to 98 % are plausible; its threshold does not fit these maps, and what"
                + " it teaches is probably wrong. Lower the threshold, let it follow the maps"
                + " (rcm has threshold-rule: share), or begin later (from-epoch)");
  }

  @Test
  void plausibleSharesAreNotWorthAWord() {
    assertThat(warnings(Map.of("a/background", 0.4, "b/background", 0.98, "background", 0.0)))
        .isEmpty();
  }

  private static List<String> warnings(Map<String, Double> means) {
    return RegionCheck.warnings(new EpochReport(new TrainingClock(3, 6, 30, 60), means, 10, 0));
  }
}
