package dev.wsss.train.loop;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.BatchLoader;
import dev.wsss.eval.augment.HostBatch;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the epochs; saving, scoring and showing listen. */
public final class TrainingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  private final LoopStep step;
  private final BatchLoader loader;
  private final int epochs;

  public TrainingLoop(LoopStep step, BatchLoader loader, int epochs) {
    this.step = step;
    this.loader = loader;
    this.epochs = epochs;
  }

  /**
   * Trains from {@code firstEpoch} (from 1) to the last, or until the listener has a reason to
   * stop.
   *
   * @throws TrainingException if training cannot go on, the thread was interrupted, or another run
   *     trains in this process
   */
  public void run(int firstEpoch, RunListener listener) {
    try (OneTraining right = OneTraining.begin()) {
      epochs(firstEpoch, listener);
    }
  }

  private void epochs(int firstEpoch, RunListener listener) {
    long perEpoch = loader.stepsPerEpoch();
    for (int epoch = firstEpoch; epoch <= epochs; epoch++) {
      Optional<String> reason = listener.reasonToStop();
      if (reason.isPresent()) {
        LOG.info("training ends after epoch {} of {}: {}", epoch - 1, epochs, reason.get());
        return;
      }
      EpochTotals totals = new EpochTotals();
      long number = (epoch - 1) * perEpoch;
      Iterator<HostBatch> batches = loader.epoch(epoch, 0);
      while (batches.hasNext()) {
        TrainingClock clock = new TrainingClock(epoch, epochs, ++number, epochs * perEpoch);
        if (Thread.currentThread().isInterrupted()) {
          throw StepErrors.stopped(clock);
        }
        StepReport report = timed(batches, clock);
        totals.add(report);
        listener.step(report);
      }
      listener.epoch(totals.report(new TrainingClock(epoch, epochs, number, epochs * perEpoch)));
    }
  }

  private StepReport timed(Iterator<HostBatch> batches, TrainingClock clock) {
    long start = System.nanoTime();
    HostBatch batch = batches.next();
    long loaded = System.nanoTime();
    StepResult result = OutOfMemory.named(clock, () -> step.run(batch, clock));
    double seconds = (System.nanoTime() - start) * 1e-9;
    return new StepReport(
        clock,
        batch.examples().size(),
        seconds,
        (loaded - start) * 1e-9,
        result.rate(),
        result.losses());
  }

  private static final class EpochTotals {
    private final Map<String, DoubleSummaryStatistics> values = new LinkedHashMap<>();
    private long images;
    private double seconds;
    private double wait;

    void add(StepReport report) {
      report.losses().forEach(this::add);
      add("rate", report.rate());
      images += report.images();
      seconds += report.seconds();
      wait += report.dataWaitSeconds();
    }

    private void add(String name, double value) {
      values.computeIfAbsent(name, key -> new DoubleSummaryStatistics()).accept(value);
    }

    /** Means over the steps in which a name occurred: a slot may start within the epoch. */
    EpochReport report(TrainingClock clock) {
      Map<String, Double> means = new LinkedHashMap<>();
      values.forEach((name, of) -> means.put(name, of.getAverage()));
      return new EpochReport(clock, means, images / seconds, wait / seconds);
    }
  }
}
