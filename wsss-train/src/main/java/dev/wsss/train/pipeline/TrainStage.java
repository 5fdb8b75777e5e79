package dev.wsss.train.pipeline;

import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trains student and teacher; what is read of it is its last checkpoint. */
record TrainStage(ResolvedRun run, PipelinePictures images, RunIdentities identities)
    implements Stage {
  static final String NAME = "train";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> reads() {
    return List.of();
  }

  @Override
  public RunIdentity.Part settings() {
    return identities.training(run.config());
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) {
    try (Run training = Run.open(run, folder, Resume.CONTINUE)) {
      training.learn(listener.training());
    }
  }

  @Override
  public void tryOut(Path folder, Made from, int steps, StageListener listener) {
    try (Run training = Run.open(run, folder, Resume.CONTINUE)) {
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
