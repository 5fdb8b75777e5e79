package dev.wsss.train.ablation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingConfig;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.run.MaskThreshold;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs that take no time, and remember what was asked of them. */
final class FakeRuns implements CellRunner {
  final List<String> checked = new ArrayList<>();
  final List<String> trained = new ArrayList<>();

  /** By folder. */
  final Map<Path, RunResult> finished = new HashMap<>();

  /** By folder. */
  final Map<Path, String> differences = new HashMap<>();

  /** By title. */
  final Map<String, RuntimeException> refusals = new HashMap<>();

  /** By title. */
  final Map<String, RuntimeException> failures = new HashMap<>();

  /** A run whose configuration equals that of every run with the same content and seed. */
  static PlannedRun planned(String cell, long seed, int content) {
    TrainingConfig training =
        new TrainingConfig(
            "train", content, 1, 0, 1, seed, Optional.empty(), OnBadImage.SKIP, 1e4, 1);
    RunConfig config =
        new RunConfig(
            null, null, null, Map.of(), null, null, null, training, null, null, Map.of(), Map.of(),
            null);
    return new PlannedRun(new Cell(cell, Map.of()), seed, ConfigTree.parse("{}", "test"), config);
  }

  static RunResult result(double miou) {
    return result(miou, 0);
  }

  static RunResult result(double miou, int badPictures) {
    return new RunResult(
        "val",
        Map.of(
            "cam-miou",
            List.of(
                new Score("miou", "oracle", 0.25, miou, List.of()),
                new Score("precision", "oracle", 0.25, 0.5, List.of()),
                new Score("recall", "oracle", 0.25, 0.75, List.of())),
            "image-map",
            List.of(new Score("map", "none", Double.NaN, 0.9, List.of()))),
        new MaskThreshold(0.25, MaskThreshold.FIXED),
        0,
        badPictures,
        65);
  }

  @Override
  public void check(PlannedRun run) {
    checked.add(run.title());
    RuntimeException refusal = refusals.get(run.title());
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public Optional<String> difference(PlannedRun run, Path folder) {
    return Optional.ofNullable(differences.get(folder));
  }

  @Override
  public Optional<RunResult> finished(Path folder) {
    return Optional.ofNullable(finished.get(folder));
  }

  @Override
  public RunResult run(PlannedRun run, Path folder, RunListener listener) {
    trained.add(run.title());
    RuntimeException failure = failures.get(run.title());
    if (failure != null) {
      throw failure;
    }
    RunResult result = result(trained.size() / 16.0);
    finished.put(folder, result);
    return result;
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    throw new UnsupportedOperationException();
  }
}
