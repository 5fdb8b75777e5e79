package dev.wsss.train.pipeline;

import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.run.Run;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What training one configuration would take, its first training included: the stages of a pipeline
 * as far as its maps, which are of the pictures that are scored.
 */
public final class TrainingTrial {
  private TrainingTrial() {}

  /**
   * Makes all of a run, reads its weights, and tries some steps and some pictures, which takes a
   * minute or so; keeps nothing.
   *
   * @param trying hears what is tried
   * @throws RuntimeException with the error that would end the run, such as of weights that are
   *     missing
   */
  public static PipelineEstimate estimate(ResolvedRun run, Consumer<String> trying) {
    return estimate(run, Trial.Limits.USUAL, trying);
  }

  static PipelineEstimate estimate(ResolvedRun run, Trial.Limits limits, Consumer<String> trying) {
    RunIdentities identities = new RunIdentities();
    PipelinePictures all = PipelinePictures.of(run.config(), Run.dataOf(run.config()));
    List<TrainStage> trainings = TrainStage.of(run, all, identities);
    trainings.forEach(training -> training.check(InitialWeights.PRETRAINED));
    List<Stage> stages = new ArrayList<>(trainings);
    TrainStage last = trainings.get(trainings.size() - 1);
    stages.add(new MapsStage(run.config(), last, all.scoredByRun(), identities));
    List<PlannedStage> plan =
        stages.stream()
            .map(
                stage ->
                    new PlannedStage(
                        stage.name(),
                        PlannedStage.Action.RUNS,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    try {
      return new Trial(run, all, stages, limits).estimate(plan, trying);
    } catch (IOException e) {
      throw new UncheckedIOException("the trial cannot be written: " + e.getMessage(), e);
    }
  }
}
