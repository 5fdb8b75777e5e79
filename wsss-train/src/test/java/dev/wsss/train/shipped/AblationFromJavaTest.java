package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.ablation.Ablation;
import dev.wsss.train.ablation.AblationListener;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.ablation.AblationResult;
import dev.wsss.train.ablation.CellOutcome;
import dev.wsss.train.ablation.Changed;
import dev.wsss.train.ablation.PlannedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ablation as a program that embeds the framework runs it: with public classes alone. */
final class AblationFromJavaTest {
  @TempDir private Path temp;

  @Test
  void aProgramRunsAnAblationAndHearsOfIt() throws IOException {
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        data: {type: synthetic, train: 16, val: 4, side: 32}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        training: {epochs: 2, batch: 8}
        cams: {scales: [1]}
        axes: {decay: {off: {optimiser: {weight-decay: 0}}, on: {}}}
        seeds: [1]
        """);
    AblationPlan plan = AblationPlan.load(file.toString(), "training.epochs=1");
    Path out = temp.resolve("out");

    AblationResult result = new Ablation(plan, out).run();
    assertThat(result.failures()).isEmpty();
    assertThat(result.outcomes().keySet())
        .extracting(PlannedRun::title)
        .containsExactly("decay=off seed 1", "decay=on seed 1");
    assertThat(result.table()).hasValueSatisfying(t -> assertThat(t).contains("decay=off"));
    assertThat(out.resolve("scores.csv")).exists();
    assertThat(out.resolve("cells/decay=on/seed-1/provenance.json")).exists();

    List<CellOutcome.How> heard = new ArrayList<>();
    AblationListener listener =
        new AblationListener() {
          @Override
          public void finished(int number, int of, PlannedRun run, CellOutcome outcome) {
            heard.add(outcome.how());
          }
        };
    new Ablation(plan, out).run(Changed.REFUSE, listener);
    assertThat(heard).containsExactly(CellOutcome.How.KEPT, CellOutcome.How.KEPT);
  }
}
