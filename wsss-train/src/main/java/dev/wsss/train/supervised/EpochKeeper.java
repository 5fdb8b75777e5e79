package dev.wsss.train.supervised;

import ai.djl.ndarray.NDScope;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.checkpoint.Uninterrupted;
import dev.wsss.train.loop.BackgroundCheck;
import dev.wsss.train.loop.FiniteParameters;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes metrics and a checkpoint after every epoch, then tells the program's listener. A network
 * that has diverged is not saved: the last checkpoint stays.
 */
final class EpochKeeper implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(EpochKeeper.class);

  private final MetricsFile metrics;
  private final Consumer<Progress> checkpoint;
  private final MaskLearner learner;
  private final IntSupplier badImages;
  private final RunListener listener;
  private final Progress before;
  private final long start;
  private Progress progress;

  /**
   * @param checkpoint writes one
   * @param before where this session began, at {@code start} of {@link System#nanoTime}
   */
  EpochKeeper(
      MetricsFile metrics,
      Consumer<Progress> checkpoint,
      MaskLearner learner,
      IntSupplier badImages,
      RunListener listener,
      Progress before,
      long start) {
    this.metrics = metrics;
    this.checkpoint = checkpoint;
    this.learner = learner;
    this.badImages = badImages;
    this.listener = listener;
    this.before = before;
    this.progress = before;
    this.start = start;
  }

  /** Of the checkpoint that stands. */
  Progress progress() {
    return progress;
  }

  @Override
  public void step(StepReport report) {
    listener.step(report);
  }

  @Override
  public void epoch(EpochReport trained) {
    int epoch = trained.clock().epoch();
    requireFinite(epoch);
    EpochReport report = validated(trained);
    BackgroundCheck.ofMasks(report, MaskStep.BACKGROUND).forEach(LOG::warn);
    Uninterrupted.run(() -> write(report));
    Progress now =
        new Progress(
            Progress.FORMAT,
            epoch,
            before.seconds() + (System.nanoTime() - start) * 1e-9,
            Math.max(before.badImages(), badImages.getAsInt()));
    Uninterrupted.run(() -> checkpoint.accept(now));
    progress = now;
    listener.epoch(report);
  }

  @Override
  public Optional<String> reasonToStop() {
    return listener.reasonToStop();
  }

  private EpochReport validated(EpochReport trained) {
    Map<String, Double> means = new LinkedHashMap<>(trained.means());
    means.putAll(learner.validate());
    return new EpochReport(
        trained.clock(), means, trained.imagesPerSecond(), trained.dataWaitShare());
  }

  private void write(EpochReport report) {
    try {
      metrics.add(report);
    } catch (IOException e) {
      throw new TrainingException("the epoch's metrics cannot be written: " + e.getMessage(), e);
    }
  }

  private void requireFinite(int epoch) {
    Optional<String> problem;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      problem = FiniteParameters.problem(learner.parameters());
    }
    if (problem.isPresent()) {
      throw new TrainingException(
          "after epoch "
              + epoch
              + " the network has diverged: "
              + problem.get()
              + "; "
              + (epoch > 1
                  ? "the checkpoint of epoch " + (epoch - 1) + " is kept"
                  : "no checkpoint was written")
              + "; lower optimiser.rate or set optimiser.clip-norm");
    }
  }
}
