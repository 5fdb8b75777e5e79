package dev.wsss.train.run;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.listener.Listeners;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Tells the configured listeners, writes metrics and a checkpoint after every epoch, then tells the
 * program's own listener.
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
      long start) {
    this.checkpoints = checkpoints;
    this.contents = contents;
    this.metrics = metrics;
    this.events = events;
    this.configured = configured;
    this.listener = listener;
    this.before = before;
    this.badImages = badImages;
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
    Uninterrupted.run(() -> save(report));
    listener.epoch(report);
  }

  @Override
  public Optional<String> reasonToStop() {
    return configured.reasonToStop().or(listener::reasonToStop);
  }

  private void save(EpochReport report) {
    try {
      metrics.add(report);
      events.add(report.clock().step(), report.means());
    } catch (IOException e) {
      throw new TrainingException("the epoch's metrics cannot be written: " + e.getMessage(), e);
    }
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
