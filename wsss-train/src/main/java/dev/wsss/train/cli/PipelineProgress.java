package dev.wsss.train.cli;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.pipeline.PipelineListener;
import dev.wsss.train.pipeline.StageCost;
import dev.wsss.train.pipeline.StageListener;
import dev.wsss.train.progress.Pace;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.Terminal;
import java.nio.file.Path;
import java.util.Locale;

/** Shows which stage is at work, and how far it is. */
final class PipelineProgress implements PipelineListener {
  private final Terminal terminal;
  private final OutputOptions output;
  private final String prefix;

  PipelineProgress(Terminal terminal, OutputOptions output) {
    this(terminal, output, "");
  }

  /**
   * @param prefix of every line, such as the name of a cell
   */
  PipelineProgress(Terminal terminal, OutputOptions output, String prefix) {
    this.terminal = terminal;
    this.output = output;
    this.prefix = prefix;
  }

  @Override
  public void kept(int number, int of, String stage, Path folder) {
    line("%s: kept, it is finished".formatted(title(number, of, stage)));
  }

  @Override
  public StageListener started(int number, int of, String stage, Path folder, String reason) {
    String title = title(number, of, stage);
    line("%s: %s".formatted(title, reason));
    return output.quiet() ? StageListener.SILENT : new Shown(title);
  }

  @Override
  public void finished(int number, int of, String stage, StageCost cost) {
    line(
        String.format(
            Locale.ROOT,
            "%s: finished in %s, %.1f MB",
            title(number, of, stage),
            ProgressLine.clockTime(cost.seconds()),
            cost.bytes() / 1e6));
  }

  private void line(String text) {
    if (!output.quiet()) {
      terminal.line(text);
    }
  }

  private String title(int number, int of, String stage) {
    return "%sstage %d/%d %s".formatted(prefix, number, of, stage);
  }

  private final class Shown implements StageListener {
    private final String title;
    private final Pace pace = new Pace(terminal);
    private final long start = System.nanoTime();
    private int first = -1;

    Shown(String title) {
      this.title = title;
    }

    @Override
    public RunListener training() {
      return output.progress(terminal, title);
    }

    @Override
    public synchronized void picture(int done, int of) {
      first = first < 0 ? done - 1 : first;
      if (pace.isDue()) {
        double perPicture = (System.nanoTime() - start) * 1e-9 / Math.max(1, done - first);
        terminal.status(
            "%s  picture %d/%d  ETA %s"
                .formatted(title, done, of, ProgressLine.clockTime((of - done) * perPicture)));
      }
    }
  }
}
