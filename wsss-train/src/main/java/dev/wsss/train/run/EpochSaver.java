package dev.wsss.train.run;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.train.checkpoint.Checkpoints;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.util.function.IntSupplier;

/** Writes metrics and a checkpoint after every epoch, then tells the run's own listener. */
final class EpochSaver implements RunListener {
  private final Checkpoints checkpoints;
  private final Checkpoints.Contents contents;
  private final MetricsFile metrics;
  private final TensorBoardEvents events;
  private final RunListener listener;
  private final Progress before;
  private final IntSupplier badImages;
  private final long start;

  EpochSaver(
      Checkpoints checkpoints,
      Checkpoints.Contents contents,
      MetricsFile metrics,
      TensorBoardEvents events,
      RunListener listener,
      Progress before,
      IntSupplier badImages,
      long start) {
    this.checkpoints = checkpoints;
    this.contents = contents;
    this.metrics = metrics;
    this.events = events;
    this.listener = listener;
    this.before = before;
    this.badImages = badImages;
    this.start = start;
  }

  @Override
  public void step(StepReport report) {
    listener.step(report);
  }

  @Override
  public void epoch(EpochReport report) {
    Uninterrupted.run(() -> save(report));
    listener.epoch(report);
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
