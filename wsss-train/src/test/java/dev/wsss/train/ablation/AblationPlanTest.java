package dev.wsss.train.ablation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationPlanTest {
  private final ConfigLoader loader =
      new ConfigLoader(
          PluginCatalog.discover(getClass().getClassLoader()), getClass().getClassLoader());

  private AblationPlan quickstart(String... overrides) {
    return AblationPlan.of(loader, loader.load("quickstart", List.of(overrides)));
  }

  private PlannedRun run(AblationPlan plan, String title) {
    return plan.runs().stream().filter(r -> r.title().equals(title)).findFirst().orElseThrow();
  }

  @Test
  void quickstartHasItsFourCellsWithEverySeedTogether() {
    AblationPlan plan = quickstart();
    assertThat(plan.cells()).containsExactly("baseline", "rcm", "mam", "full");
    assertThat(plan.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(plan.baseline()).isEqualTo("baseline");
    assertThat(plan.runs())
        .extracting(PlannedRun::folder)
        .startsWith(
            "cells/baseline/seed-1",
            "cells/rcm/seed-1",
            "cells/mam/seed-1",
            "cells/full/seed-1",
            "cells/baseline/seed-2")
        .hasSize(12);
  }

  @Test
  void levelsPatchTheConfigurationAndSeedsSetTheirs() {
    AblationPlan plan = quickstart();
    assertThat(run(plan, "baseline seed 1").config().selfSupervision()).isEmpty();
    assertThat(run(plan, "rcm seed 1").config().selfSupervision()).containsOnlyKeys("rcm");
    assertThat(run(plan, "full seed 3").config().selfSupervision()).containsOnlyKeys("rcm", "mam");
    assertThat(run(plan, "full seed 3").config().training().seed()).isEqualTo(3);
  }

  @Test
  void overridesReachTheBaseOfEveryCell() {
    AblationPlan plan = quickstart("optimiser.rate=0.25", "seeds=[4]");
    assertThat(plan.runs()).hasSize(4);
    assertThat(plan.runs()).allMatch(run -> run.config().optimiser().rate() == 0.25);
  }

  @Test
  void levelsWithEqualEffectGiveEqualConfigurations() {
    AblationPlan plan = quickstart("axes.mam.on={self-supervision: {mam: null}}", "seeds=[1]");
    assertThat(run(plan, "mam seed 1").config())
        .isEqualTo(run(plan, "baseline seed 1").config())
        .isNotEqualTo(run(plan, "full seed 1").config());
    assertThat(run(plan, "full seed 1").config()).isEqualTo(run(plan, "rcm seed 1").config());
  }

  @Test
  void anAblationIsToldFromARun() {
    assertThat(AblationPlan.isAblation(loader.load("quickstart", List.of()))).isTrue();
    assertThat(AblationPlan.isAblation(loader.load("quickstart-base", List.of()))).isFalse();
  }

  @Test
  void aProblemOfOneCellNamesItAndOneOfAllIsToldOnce() {
    ConfigTree file =
        ConfigTree.parse(
            """
            data: {type: synthetic}
            network: {backbone: {type: tiny}}
            optimiser: {rate: -1}
            axes:
              rcm:
                off: {}
                on: {self-supervision: {rcm: {treshold: 0.2}}}
            seeds: [1, 2]
            """,
            "mine.yaml");
    assertThatThrownBy(() -> AblationPlan.of(loader, file))
        .isInstanceOf(AblationException.class)
        .hasMessage(
            """
            every cell: mine.yaml:3:19: optimiser.rate: found -1; allowed is a number of at least 0
            cell rcm=on: mine.yaml:7:35: self-supervision.rcm.treshold: unknown key; allowed are \
            threshold, threshold-rule, background-share, ignore, temperature, prototype-pooling, \
            memory-size, empty-maps, teacher-scales, projection, weight, from-epoch, from-step, refine, type; did you mean 'threshold'?""");
  }

  @Test
  void theExampleInTheDocumentationIsTwoByTwo(@TempDir Path temp) throws IOException {
    String page = Files.readString(Path.of("../docs/ablations.md"));
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    Path file = temp.resolve("mine.yaml");
    Files.writeString(file, page.substring(start, page.indexOf("```", start)));
    AblationPlan plan = AblationPlan.load(file.toString());
    assertThat(plan.cells())
        .containsExactly(
            "rcm=off,rate=low", "rcm=on,rate=low", "rcm=off,rate=high", "rcm=on,rate=high");
    assertThat(plan.runs()).hasSize(8);
    assertThat(run(plan, "rcm=off,rate=low seed 2").config().selfSupervision())
        .doesNotContainKey("rcm");
    assertThat(run(plan, "rcm=on,rate=low seed 2").config().selfSupervision()).containsKey("rcm");
  }

  @Test
  void itsOwnKeysAreCheckedFirst() {
    assertThatThrownBy(() -> quickstart("seeds=[]"))
        .hasMessage("seeds: is empty; give at least one, such as [1]");
    assertThatThrownBy(() -> quickstart("seeds=[1, 2, 1]"))
        .hasMessage("seeds: repeat in [1, 2, 1]; give each once");
    String many = LongStream.range(0, 3000).mapToObj(String::valueOf).collect(joining(", "));
    assertThatThrownBy(() -> quickstart("seeds=[" + many + "]"))
        .hasMessage("seeds: 3000 seeds for each of 4 cells; allowed are at most 10000 runs");
    assertThatThrownBy(() -> quickstart("baseline=plain"))
        .hasMessage("baseline: there is no cell 'plain'; the cells are: baseline, rcm, mam, full");
    assertThatThrownBy(() -> quickstart("seeds=x")).isInstanceOf(ConfigException.class);
  }
}
