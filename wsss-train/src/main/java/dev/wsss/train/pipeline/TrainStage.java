package dev.wsss.train.pipeline;

import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trains student and teacher; what is read of it is its last checkpoint.
 *
 * @param before the training whose last networks this one starts from, if there is one
 */
record TrainStage(
    String name,
    ResolvedRun run,
    Optional<TrainStage> before,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage {
  static final String NAME = "train";
  static final String FIRST = "train-first";

  /** The trainings that a configuration asks for, in their order: one or two. */
  static List<TrainStage> of(ResolvedRun run, PipelinePictures images, RunIdentities identities) {
    if (run.first().isEmpty()) {
      return List.of(new TrainStage(NAME, run, Optional.empty(), images, identities));
    }
    TrainStage first =
        new TrainStage(FIRST, run.first().get(), Optional.empty(), images, identities);
    return List.of(
        first, new TrainStage(NAME, run.second(), Optional.of(first), images, identities));
  }

  @Override
  public List<String> reads() {
    return before.map(TrainStage::name).stream().toList();
  }

  /** Those of a first training are told apart by its name in the configuration. */
  @Override
  public RunIdentity.Part settings() {
    RunIdentity.Part own = identities.training(run.config());
    return name.equals(FIRST) ? own.under("first") : own;
  }

  /** The folder of this training, finished or not. */
  Run open(Path folder, Made from) {
    ResolvedRun started =
        before
            .map(first -> run.startingFrom(from.of(first.name()), "stage " + first.name()))
            .orElse(run);
    return Run.open(started, folder, Resume.CONTINUE);
  }

  /** What follows a first training has its networks. */
  @Override
  public void check(InitialWeights weights) {
    Run.check(run, before.isEmpty() ? weights : InitialWeights.RANDOM);
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) {
    try (Run training = open(folder, from)) {
      training.learn(listener.training());
    }
  }

  @Override
  public void tryOut(Path folder, Made from, int steps, StageListener listener) {
    try (Run training = open(folder, from)) {
      training.tryOut(steps, listener.training());
    }
  }

  @Override
  public int pictures() {
    return 0;
  }

  @Override
  public int epochs() {
    return run.config().training().epochs();
  }

  @Override
  public int stepsAnEpoch() {
    int learned = TrainingPictures.of(run.config(), images.data()).learned().size();
    return learned / run.config().training().batch();
  }

  @Override
  public String digest(Path folder) throws IOException {
    return new Checkpoints(folder).id();
  }
}
