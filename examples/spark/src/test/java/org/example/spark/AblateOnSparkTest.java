package org.example.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.train.ablation.Ablation;
import dev.wsss.train.ablation.AblationListener;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.ablation.AblationResult;
import dev.wsss.train.ablation.CellOutcome;
import dev.wsss.train.ablation.Changed;
import dev.wsss.train.ablation.PlannedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblateOnSparkTest {
  private static final String ABLATION =
      """
      data: {type: synthetic, train: 16, val: 4, side: 32}
      augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
      network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
      training: {epochs: 1, batch: 8}
      cams: {scales: [1]}
      axes: {rate: {low: {optimiser: {rate: 0.01}}, wild: {training: {divergence-loss: 0.001}}}}
      seeds: [1, 2]
      """;

  private static SparkSession spark;
  @TempDir private Path temp;

  @BeforeAll
  static void start() throws Exception {
    spark = Cluster.session();
  }

  @Test
  void cellsRunOnExecutorsAndTheAblationFindsThemFinished() throws Exception {
    Path file = Files.writeString(temp.resolve("mine.yaml"), ABLATION);
    Path shared = temp.resolve("shared");
    List<AblateOnSpark.Ended> ended = AblateOnSpark.run(spark, file.toString(), shared.toString());
    assertThat(ended)
        .extracting(AblateOnSpark.Ended::run)
        .containsExactlyInAnyOrder(
            "rate=low seed 1", "rate=wild seed 1", "rate=low seed 2", "rate=wild seed 2");
    assertThat(ended)
        .filteredOn(one -> one.run().startsWith("rate=low"))
        .allMatch(one -> one.failure().isEmpty());
    assertThat(ended)
        .filteredOn(one -> one.run().startsWith("rate=wild"))
        .allMatch(one -> one.failure().contains("divergence-loss"));
    assertThat(shared).isDirectoryNotContaining("glob:**ablation.*");

    AblationPlan plan = AblationPlan.load(file.toString(), "axes.rate.wild=null");
    StringBuilder heard = new StringBuilder();
    AblationListener listener =
        new AblationListener() {
          @Override
          public void finished(int number, int of, PlannedRun run, CellOutcome outcome) {
            heard.append(run.title()).append(' ').append(outcome.how()).append('\n');
          }
        };
    AblationResult found = new Ablation(plan, shared).run(Changed.REFUSE, listener);
    assertThat(heard).hasToString("rate=low seed 1 KEPT\nrate=low seed 2 KEPT\n");
    Path alone = temp.resolve("alone");
    AblationResult local = new Ablation(plan, alone).run();
    assertThat(found.table()).isEqualTo(local.table());
    for (String name :
        List.of(
            "checkpoints/last/student.safetensors",
            "checkpoints/last/teacher.safetensors",
            "checkpoints/last/optimiser.safetensors",
            "curves.csv")) {
      String cell = "cells/rate=low/seed-2/";
      assertThat(shared.resolve(cell + name)).hasSameBinaryContentAs(alone.resolve(cell + name));
    }
  }

  @Test
  void aWrongFileEndsBeforeAnyTask() throws Exception {
    Path file = Files.writeString(temp.resolve("mine.yaml"), ABLATION.replace("epochs", "epoch"));
    Path shared = temp.resolve("shared");
    assertThatThrownBy(() -> AblateOnSpark.run(spark, file.toString(), shared.toString()))
        .hasMessageContaining("training.epoch: unknown key")
        .hasMessageContaining("did you mean 'epochs'?");
    assertThat(shared).doesNotExist();
  }
}
