package dev.wsss.train.ablation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.report.IoReason;
import dev.wsss.train.engine.TensorEngine;
import dev.wsss.train.pipeline.Pipeline;
import dev.wsss.train.pipeline.PipelineRange;
import dev.wsss.train.pipeline.PipelineResult;
import dev.wsss.train.pipeline.PipelineScores;
import dev.wsss.train.pipeline.SharedStages;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.RunResult;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an ablation's cells as pipelines in this process, one after the other. What cells have in
 * common is made once: the stages of all of them lie in {@code stages/} of the ablation's folder,
 * and a cell's own folder holds what is told of them.
 */
final class CellPipelines implements CellRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CellPipelines.class);

  private final Path folder;
  private final SharedStages stages;
  private final CellData data = new CellData();

  /**
   * @param folder the ablation's
   */
  CellPipelines(Path folder) {
    this.folder = folder;
    this.stages = new SharedStages(folder);
  }

  @Override
  public void check(PlannedRun run, InitialWeights weights) {
    pipeline(run, folder.resolve(run.folder())).check(weights);
  }

  @Override
  public RunIdentity identity(PlannedRun run) {
    return pipeline(run, folder.resolve(run.folder())).identity();
  }

  @Override
  public RunResult run(PlannedRun run, Path cell, CellFollower follower) {
    Pipeline pipeline = pipeline(run, cell);
    SegmentationDataset pictures = data(run);
    String device = TensorEngine.choose(run.config().engine().deviceChoice()).name();
    try {
      pipeline.describe(device);
      PipelineResult made = pipeline.run(PipelineRange.ALL, follower.pipeline().get());
      made.failure().ifPresent(failure -> LOG.warn("cell {}: {}", run.title(), failure));
      RunResult result = PipelineScores.of(made, pipeline.split(), pictures.classes());
      result.write(cell.resolve("scores.json"), pictures.classes());
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + cell + ": " + IoReason.of(e), e);
    }
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    return data.of(run);
  }

  private Pipeline pipeline(PlannedRun run, Path cell) {
    return new Pipeline(run.run(), cell, data(run), stages);
  }
}
