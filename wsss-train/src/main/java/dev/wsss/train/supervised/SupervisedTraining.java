package dev.wsss.train.supervised;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.augment.MaskSource;
import dev.wsss.eval.report.IoReason;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.config.SupervisedConfig;
import dev.wsss.train.loop.ParameterGroups;
import dev.wsss.train.loop.StudentUpdate;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.loop.TrainingLoop;
import dev.wsss.train.plugin.ModuleConstructor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a network from masks in a folder, from the first step or from the last checkpoint there.
 *
 * <p>After every epoch the folder has {@code metrics.csv} and {@code checkpoints/last}, whole. A
 * training that was killed and is started again goes on after the last epoch, and ends with the
 * same bytes as one that was not. One training a process at a time.
 */
public final class SupervisedTraining {
  private final NDManager root;
  private final MaskLearner learner;
  private final OptimiserConfig optimiser;
  private final AugmentationConfig augmentation;
  private final SupervisedConfig config;

  /**
   * @param root on the device of the learner's parameters; nothing of a training outlives it there
   * @param learner with its starting values; not closed by this
   */
  public SupervisedTraining(
      NDManager root,
      MaskLearner learner,
      OptimiserConfig optimiser,
      AugmentationConfig augmentation,
      SupervisedConfig config) {
    this.root = root;
    this.learner = learner;
    this.optimiser = optimiser;
    this.augmentation = augmentation;
    this.config = config;
  }

  /**
   * Trains to the last epoch, or until the listener has a reason to stop. The learner then has what
   * it learned.
   *
   * @param folder made if it is not there
   * @param examples what an epoch visits, each with a mask
   * @param listener hears steps and epochs; of an epoch once its checkpoint stands
   * @return how far it came: epochs, seconds over all sessions, pictures that could not be decoded
   * @throws TrainingException if training cannot go on, the thread was interrupted, or the
   *     checkpoint in the folder does not fit
   * @throws dev.wsss.api.data.DataException if the pictures do not fill one batch, or one is bad
   *     and is not to be skipped
   */
  public Progress run(
      Path folder,
      SegmentationDataset data,
      List<Example> examples,
      MaskSource masks,
      RunListener listener) {
    long start = System.nanoTime();
    LearnerCheckpoints checkpoints = new LearnerCheckpoints(folder);
    try (NDManager kept = root.newSubManager();
        BatchLoader loader = loader(data, examples, masks)) {
      Optimiser moves = optimiser(kept);
      Progress before = checkpoints.load(kept, learner.parameters(), moves).orElse(Progress.NONE);
      Files.createDirectories(folder);
      EpochKeeper keeper =
          new EpochKeeper(
              new MetricsFile(folder, before.epoch()),
              progress -> checkpoints.save(kept, learner.parameters(), moves, progress),
              learner,
              loader::badImages,
              listener,
              before,
              start);
      new TrainingLoop(step(moves), loader, config.epochs()).run(before.epoch() + 1, keeper);
      return keeper.progress();
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
  }

  private BatchLoader loader(SegmentationDataset data, List<Example> examples, MaskSource masks) {
    return BatchLoader.withMasks(
        data,
        examples,
        masks,
        augmentation,
        learner.input(),
        config.batch(),
        config.seed(),
        config.onBadImage(),
        config.workers());
  }

  private Optimiser optimiser(NDManager kept) {
    LearningParameters learning = ParameterGroups.of(learner.parameters(), optimiser, kept);
    return new ModuleConstructor<>("optimiser", optimiser.module()).makeWith(List.of(learning));
  }

  private MaskStep step(Optimiser moves) {
    RateSchedule schedule =
        new ModuleConstructor<>("optimiser.schedule", optimiser.schedule()).makeFromConfig();
    StudentUpdate update = new StudentUpdate(learner.parameters(), optimiser, moves, schedule);
    return new MaskStep(root, learner, update, config);
  }
}
