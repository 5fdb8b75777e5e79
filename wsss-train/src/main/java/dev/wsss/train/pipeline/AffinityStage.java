package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.eval.augment.MaskFolder;
import dev.wsss.train.affinity.AffinityTraining;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.TrainingPictures;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.wiring.InitialWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains the affinity network that guides a walk.
 *
 * @param key of the walk in the configuration
 * @param labels the stage that makes what it learns from
 */
record AffinityStage(
    String name,
    String key,
    String labels,
    AffinityTraining training,
    RunConfig config,
    PipelinePictures images,
    RunIdentities identities)
    implements Stage {

  @Override
  public List<String> reads() {
    return List.of(labels);
  }

  /** Of the walk's own keys the radius alone, which is that of the pairs. */
  @Override
  public RunIdentity.Part settings() {
    String walk = key + ".walk.";
    return identities.stage(
        config,
        own ->
            own.equals(walk + "radius")
                || own.startsWith("engine.")
                || (own.startsWith(key + ".") && !own.startsWith(walk)));
  }

  @Override
  public int pictures() {
    return 0;
  }

  @Override
  public int epochs() {
    return training.epochs();
  }

  @Override
  public int stepsAnEpoch() {
    return images.training().size() / training.batch();
  }

  @Override
  public void check(InitialWeights weights) {
    training.check(weights);
  }

  @Override
  public void make(Path folder, Made from, StageListener listener) {
    MaskFolder masks = masks(from);
    training.train(
        folder, images.data(), masks.having(images.training()), masks, listener.training());
  }

  @Override
  public void tryOut(Path folder, Made from, int steps, StageListener listener) {
    MaskFolder masks = masks(from);
    List<Example> some =
        TrainingPictures.repeated(masks.having(images.training()), steps * training.batch());
    training.train(folder, images.data(), some, masks, listener.training());
  }

  private MaskFolder masks(Made from) {
    return new MaskFolder(from.of(labels).resolve("masks"), images.data());
  }

  @Override
  public String digest(Path folder) throws IOException {
    return new LearnerCheckpoints(folder).id();
  }
}
