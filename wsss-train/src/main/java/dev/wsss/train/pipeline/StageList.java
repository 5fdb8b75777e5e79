package dev.wsss.train.pipeline;

import dev.wsss.api.config.Choice;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stages that a configuration asks for, in their order. */
final class StageList {
  private StageList() {}

  static List<Stage> of(ResolvedRun run, PipelinePictures pictures, RunIdentities identities) {
    RunConfig config = run.config();
    PseudoLabelConfig labels = config.pseudoLabels().orElse(PseudoLabelConfig.USUAL);
    List<Stage> stages = new ArrayList<>();
    stages.add(new TrainStage(run, identities));
    stages.add(new MapsStage(run, pictures, identities));
    stages.add(new SeedStage(config, labels, pictures, identities));
    ScoreSource scores = SeedStage.scores();
    for (Map.Entry<String, Choice<PseudoLabelRefiner>> refiner : labels.refine().entrySet()) {
      RefineStage stage =
          new RefineStage(
              "refine-" + refiner.getKey(),
              "pseudo-labels.refine." + refiner.getKey(),
              refiner.getValue(),
              scores,
              pictures.all(),
              config,
              pictures,
              identities);
      stages.add(stage);
      scores = stage;
    }
    stages.add(new PseudoLabelStage(config, labels, scores, pictures, identities));
    return List.copyOf(stages);
  }
}
