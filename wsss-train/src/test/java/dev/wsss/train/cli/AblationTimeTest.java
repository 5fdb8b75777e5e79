package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.SmallRuns;
import dev.wsss.train.ablation.Cell;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.config.ResolvedRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationTimeTest {
  private static final ResolvedRun RUN = SmallRuns.resolved();

  private static PlannedRun run(String cell, long seed) {
    return new PlannedRun(new Cell(cell, Map.of("part", cell)), seed, RUN);
  }

  private static final List<PlannedRun> ALL =
      List.of(run("off", 1), run("on", 1), run("off", 2), run("on", 2));

  @Test
  void eachCellTakesWhatItTookWithOtherSeeds() {
    AblationTime time = new AblationTime(ALL);
    time.trained(run("off", 1), 600);
    assertThat(time.text(false)).as("all like the first").isEqualTo("  about 30:00 left");
    time.trained(run("on", 1), 1800);
    assertThat(time.text(false)).isEqualTo("  about 40:00 left");
    time.trained(run("off", 2), 800);
    assertThat(time.text(false)).isEqualTo("  about 30:00 left");
    time.trained(run("on", 2), 1800);
    assertThat(time.text(false)).isEmpty();
  }

  @Test
  void cellsThatMayFindStagesAreNotTakenForTheFirstInSilence() {
    AblationTime time = new AblationTime(ALL);
    time.trained(run("off", 1), 3600);
    assertThat(time.text(true)).isEqualTo("  about 3:00:00 left, less where cells share stages");
    time.trained(run("on", 1), 60);
    assertThat(time.text(true)).as("so it is with other seeds").isEqualTo("  about 1:01:00 left");
  }

  @Test
  void whatHasFailedTakesNoTime() {
    AblationTime time = new AblationTime(ALL);
    time.failed(run("off", 1));
    time.trained(run("on", 1), 60);
    assertThat(time.text(false)).isEqualTo("  about 2:00 left");
  }
}
