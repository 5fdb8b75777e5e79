package dev.wsss.train.pipeline;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.Example;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.train.affinity.AffinityConfig;
import dev.wsss.train.affinity.AffinityTraining;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.provenance.RunIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists the stages that a configuration asks for, in their order. */
final class StageList {
  private final RunConfig config;
  private final PipelinePictures pictures;
  private final RunIdentities identities;
  private final List<Stage> stages = new ArrayList<>();

  private StageList(RunConfig config, PipelinePictures pictures, RunIdentities identities) {
    this.config = config;
    this.pictures = pictures;
    this.identities = identities;
  }

  static List<Stage> of(ResolvedRun run, PipelinePictures pictures, RunIdentities identities) {
    StageList list = new StageList(run.config(), pictures, identities);
    List<TrainStage> trainings = TrainStage.of(run, pictures, identities);
    list.stages.addAll(trainings);
    TrainStage last = trainings.get(trainings.size() - 1);
    list.stages.add(new MapsStage(run.config(), last, pictures, identities));
    list.addMasks();
    return List.copyOf(list.stages);
  }

  private void addMasks() {
    PseudoLabelConfig labels = config.pseudoLabels().orElse(PseudoLabelConfig.USUAL);
    stages.add(new SeedStage(config, labels, pictures, identities));
    ScoreSource scores =
        refined(
            SeedStage.scores(),
            labels.refine(),
            "pseudo-labels.refine.",
            "refine-",
            pictures.all());
    stages.add(new PseudoLabelStage(config, labels, scores, pictures, identities));
    config
        .segmentation()
        .ifPresent(
            segmentation -> {
              stages.add(new SegmentStage(config, segmentation, pictures, identities));
              NetworkStage network = new NetworkStage(config, segmentation, pictures, identities);
              stages.add(network);
              refined(
                  network,
                  segmentation.prediction().refine(),
                  "segmentation.prediction.refine.",
                  "network-",
                  NetworkStage.examples(pictures));
            });
  }

  /** Adds a stage for each refiner, and gives what the last of them leaves. */
  private ScoreSource refined(
      ScoreSource scores,
      Map<String, Choice<PseudoLabelRefiner>> refiners,
      String key,
      String prefix,
      List<Example> examples) {
    ScoreSource last = scores;
    for (Map.Entry<String, Choice<PseudoLabelRefiner>> refiner : refiners.entrySet()) {
      String name = refiner.getKey();
      RefineStage stage =
          new RefineStage(
              prefix + name,
              key + name,
              source(prefix, name, key + name, refiner.getValue()),
              last,
              examples,
              config,
              pictures,
              identities);
      stages.add(stage);
      last = stage;
    }
    return last;
  }

  /** A walk whose network is nowhere yet gets two stages that make it. */
  private RefinerSource source(
      String prefix, String name, String key, Choice<PseudoLabelRefiner> choice) {
    if (choice.config() instanceof AffinityConfig walk
        && walk.network().isEmpty()
        && prefix.equals("refine-")) {
      AffinityTraining training = new AffinityTraining(key, walk, config.engine());
      String labels = "affinity-labels-" + name;
      String affinity = "affinity-" + name;
      stages.add(new AffinityLabelStage(labels, key, training, config, pictures, identities));
      stages.add(new AffinityStage(affinity, key, labels, training, config, pictures, identities));
      return RefinerSource.walk(affinity, training, config.cams().pictureSide());
    }
    return RefinerSource.configured(key, choice);
  }
}
