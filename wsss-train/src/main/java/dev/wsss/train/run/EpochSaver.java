package dev.wsss.train.run;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.checkpoint.MetricsFile;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.checkpoint.Uninterrupted;
import dev.wsss.train.listener.Listeners;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Tells the configured listeners, writes metrics and a checkpoint after every epoch, then tells the
 * program's own listener. A network that has diverged is not saved: the last checkpoint stays.
 */
final class EpochSaver implements RunListener {
  private final Checkpoints checkpoints;
  private final Checkpoints.Contents contents;
  private final MetricsFile metrics;
  private final TensorBoardEvents events;
  private final Listeners configured;
  private final RunListener listener;
  private final Progress before;
  private final IntSupplier badImages;
  private final NetworkCheck check;
  private final long start;

  EpochSaver(
      Checkpoints checkpoints,
      Checkpoints.Contents contents,
      MetricsFile metrics,
      TensorBoardEvents events,
      Listeners configured,
      RunListener listener,
      Progress before,
      IntSupplier badImages,
      NetworkCheck check,
      long start) {
    this.checkpoints = checkpoints;
    this.contents = contents;
    this.metrics = metrics;
    this.events = events;
    this.configured = configured;
    this.listener = listener;
    this.before = before;
    this.badImages = badImages;
    this.check = check;
    this.start = start;
  }

  @Override
  public void step(StepReport report) {
    configured.step(report);
    listener.step(report);
  }

  @Override
  public void epoch(EpochReport report) {
    configured.epoch(report);
    Uninterrupted.run(() -> write(report));
    int epoch = report.clock().epoch();
    requireSound("student", contents.student(), epoch);
    requireSound("teacher", contents.teacher(), epoch);
    Uninterrupted.run(() -> save(report));
    listener.epoch(report);
  }

  @Override
  public Optional<String> reasonToStop() {
    return configured.reasonToStop().or(listener::reasonToStop);
  }

  private void write(EpochReport report) {
    try {
      metrics.add(report);
      events.add(report.clock().step(), report.means());
    } catch (IOException e) {
      throw new TrainingException("the epoch's metrics cannot be written: " + e.getMessage(), e);
    }
  }

  private void requireSound(String role, CamNetwork network, int epoch) {
    Optional<String> problem = check.problem(network);
    if (problem.isPresent()) {
      throw new TrainingException(
          "after epoch "
              + epoch
              + " the "
              + role
              + " has diverged: "
              + problem.get()
              + "; "
              + (epoch > 1
                  ? "the checkpoint of epoch " + (epoch - 1) + " is kept"
                  : "no checkpoint was written")
              + "; lower optimiser.rate or set optimiser.clip-norm");
    }
  }

  private void save(EpochReport report) {
    double seconds = before.seconds() + (System.nanoTime() - start) * 1e-9;
    checkpoints.save(
        contents,
        new Progress(
            Progress.FORMAT,
            report.clock().epoch(),
            seconds,
            Math.max(before.badImages(), badImages.getAsInt())));
  }
}
