package dev.wsss.train.progress;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.listener.StepReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Shows where a run stands: epoch, images a second, losses, share of time spent waiting for
 * pictures, and the time that is left, scoring included; then how far scoring is. Speeds are means
 * over the last {@value #WINDOW} steps.
 */
public final class ProgressLine implements RunListener {
  private static final int WINDOW = 50;

  private final Terminal terminal;
  private final String prefix;
  private final TimeLeft left;
  private final Pace pace;
  private final Deque<StepReport> window = new ArrayDeque<>();

  /**
   * @param prefix what stands before the line, for example the cell of an ablation; may be empty
   */
  public ProgressLine(Terminal terminal, String prefix) {
    this(terminal, prefix, System::nanoTime);
  }

  ProgressLine(Terminal terminal, String prefix, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.prefix = prefix.isEmpty() ? "" : prefix + "  ";
    this.left = new TimeLeft(nanoTime);
    this.pace = new Pace(terminal, nanoTime);
  }

  @Override
  public void started(RunView run) {
    left.started(run);
  }

  @Override
  public void epoch(EpochReport report) {
    left.epochEnded();
  }

  @Override
  public void step(StepReport report) {
    if (window.size() == WINDOW) {
      window.removeFirst();
    }
    window.addLast(report);
    if (pace.isDue()) {
      terminal.status(prefix + describe(report));
    }
  }

  @Override
  public void scored(int pictures, int of) {
    OptionalDouble speed = left.speed(pictures);
    if (pace.isDue()) {
      terminal.status(prefix + "scoring " + pictures + "/" + of + describe(speed, of - pictures));
    }
  }

  private static String describe(OptionalDouble speed, int pictures) {
    return speed.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "  %.1f pictures/s  ETA %s",
            speed.getAsDouble(),
            clockTime(pictures / speed.getAsDouble()));
  }

  private String describe(StepReport last) {
    double seconds = 0;
    double wait = 0;
    long images = 0;
    for (StepReport report : window) {
      seconds += report.seconds();
      wait += report.dataWaitSeconds();
      images += report.images();
    }
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  step %d/%d  %.1f images/s ",
            last.clock().epoch(),
            last.clock().epochs(),
            last.clock().step(),
            last.clock().steps(),
            images / Math.max(seconds, 1e-9)));
    last.losses()
        .forEach(
            (name, value) -> {
              // What a slot logs beside its loss is for metrics.csv.
              if (name.indexOf('/') < 0) {
                line.append(' ').append(name.equals("classification") ? "cls" : name);
                line.append(String.format(Locale.ROOT, " %.4g", value));
              }
            });
    double training = (last.clock().steps() - last.clock().step()) * seconds / window.size();
    line.append(
        String.format(
            Locale.ROOT,
            "  data wait %.0f %%  ETA %s",
            100 * wait / Math.max(seconds, 1e-9),
            left.ofRun(training)));
    return line.toString();
  }

  /** Seconds as {@code 0:07}, {@code 3:12} or {@code 1:02:33}. */
  public static String clockTime(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
