package dev.wsss.train.segmentation;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.augment.MaskSource;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.report.IoReason;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.checkpoint.LearnerCheckpoints;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.config.SegmentationPassesConfig;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.supervised.SupervisedTraining;
import dev.wsss.train.wiring.InitialWeights;
import dev.wsss.train.wiring.WiredSegmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trains a segmentation network from masks, such as pseudo labels, in a folder.
 *
 * <p>The folder gets {@code segmentation.yaml}, from which {@link TrainedSegmentation} opens it,
 * and what {@link SupervisedTraining} writes. A training that was killed goes on after its last
 * epoch when it is started again, and ends with the same bytes.
 *
 * @param validation pictures that the network is tried on after every epoch, those of them that
 *     have exact masks and {@code validation-pictures} at most; {@code validation/miou} in {@code
 *     metrics.csv} says how good it is. They change no result
 * @param maps folder of a trained run, whose student {@code start: student} takes over
 */
public record SegmentationTraining(
    SegmentationConfig config, EngineConfig engine, List<Example> validation, Optional<Path> maps) {

  /** Without pictures to try the network on, and without a run. */
  public SegmentationTraining(SegmentationConfig config, EngineConfig engine) {
    this(config, engine, List.of(), Optional.empty());
  }

  /**
   * Trains to the last epoch, or until the listener has a reason to stop.
   *
   * @param folder made if it is not there
   * @param examples what an epoch visits, each with a mask
   * @param masks where they come from; {@link dev.wsss.eval.augment.OwnMasks} are the data set's
   * @return how far it came
   * @throws ConfigException if the network cannot be made as it is configured
   * @throws TrainingException if training cannot go on, the thread was interrupted, or the folder
   *     is of another configuration
   * @throws dev.wsss.api.data.DataException if the pictures do not fill one batch, or one is bad
   *     and is not to be skipped
   */
  public Progress run(
      Path folder,
      SegmentationDataset data,
      List<Example> examples,
      MaskSource masks,
      RunListener listener) {
    try (WiredSegmentation wired = wired(folder, data.classes())) {
      requireCrop(wired.network().shortestSide());
      SegmentationFile.of(data.classes(), config, engine).write(folder);
      SegmentationLearner learner =
          new SegmentationLearner(
              wired.network(), new PixelLoss(config.loss()), validation(wired, data));
      return new SupervisedTraining(
              wired.root(), learner, config.optimiser(), config.augmentation(), config.training())
          .run(folder, data, examples, masks, listener);
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
  }

  /**
   * Makes the network and throws whatever is wrong with it.
   *
   * @param weights whether pretrained weights are read too, where it starts from them
   * @throws ConfigException if the network cannot be made as it is configured
   */
  public void check(ClassNames classes, InitialWeights weights) {
    boolean student = config.start() == SegmentationConfig.Start.STUDENT;
    try (WiredSegmentation wired =
        WiredSegmentation.of(config, classes, engine, student ? InitialWeights.RANDOM : weights)) {
      requireCrop(wired.network().shortestSide());
    }
  }

  /** With starting values, unless a checkpoint brings others. */
  private WiredSegmentation wired(Path folder, ClassNames classes) {
    boolean start = !new LearnerCheckpoints(folder).exist();
    boolean student = config.start() == SegmentationConfig.Start.STUDENT;
    if (student && maps.isEmpty()) {
      throw new ConfigException(
          List.of(
              "segmentation.start: is student, and there is no run whose student that could be;"
                  + " take weights, or say which run"));
    }
    WiredSegmentation wired =
        WiredSegmentation.of(
            config,
            classes,
            engine,
            start && !student ? InitialWeights.PRETRAINED : InitialWeights.RANDOM);
    if (start && student) {
      try {
        new Checkpoints(maps.get())
            .loadStudent(wired.root(), wired.network().parameters().byName());
      } catch (RuntimeException e) {
        wired.close();
        throw e;
      }
    }
    return wired;
  }

  private Validation validation(WiredSegmentation wired, SegmentationDataset data) {
    SegmentationPassesConfig usual = config.prediction();
    ModelInfo once =
        ModelInfo.ofSegmentation(
            data.classes(), new CamConfig(List.of(1.0), false, 1), usual.pictureSide());
    List<Example> some = Validation.some(data, validation, config.validationPictures());
    return new Validation(wired.root(), data, some, once);
  }

  private void requireCrop(int least) {
    int crop = config.augmentation().crop();
    if (crop < least) {
      throw new ConfigException(
          List.of(
              "segmentation.augmentation.crop: is %d; the network needs at least %d pixels"
                  .formatted(crop, least)));
    }
  }
}
