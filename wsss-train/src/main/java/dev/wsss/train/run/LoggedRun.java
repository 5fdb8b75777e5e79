package dev.wsss.train.run;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.metric.Score;
import dev.wsss.train.loop.BackgroundCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every epoch to the log, and passes everything on. */
final class LoggedRun implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedRun.class);

  private final RunListener next;

  LoggedRun(RunListener next) {
    this.next = next;
  }

  @Override
  public void started(RunView run) {
    next.started(run);
  }

  @Override
  public void step(StepReport report) {
    next.step(report);
  }

  @Override
  public void epoch(EpochReport report) {
    LOG.info(
        String.format(
            Locale.ROOT,
            "epoch %d/%d: %.1f images/s, data wait %.0f %%, means %s",
            report.clock().epoch(),
            report.clock().epochs(),
            report.imagesPerSecond(),
            100 * report.dataWaitShare(),
            report.means()));
    BackgroundCheck.ofSlots(report).forEach(LOG::warn);
    next.epoch(report);
  }

  @Override
  public void scored(int pictures, int of) {
    next.scored(pictures, of);
  }

  @Override
  public Optional<String> reasonToStop() {
    return next.reasonToStop();
  }

  @Override
  public void finished(Map<String, List<Score>> scores) {
    next.finished(scores);
  }
}
