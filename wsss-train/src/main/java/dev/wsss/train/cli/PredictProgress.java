package dev.wsss.train.cli;

import dev.wsss.eval.predict.JobListener;
import dev.wsss.train.progress.Pace;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.Terminal;

/** Says how {@code wsss predict} goes on: what it will take, a progress line, pictures left out. */
final class PredictProgress implements JobListener {
  private final Terminal terminal;
  private final boolean quiet;
  private Pace pace;
  private boolean said;
  private int pictures;
  private int picturesDone;

  PredictProgress(Terminal terminal, boolean quiet) {
    this.terminal = terminal;
    this.quiet = quiet;
    this.pace = new Pace(terminal);
  }

  @Override
  public void starts(int done, int total, long megabytes) {
    this.pictures = total;
    picturesDone = done;
    if (!quiet) {
      String pictures = Counted.of(total, "picture");
      String what = done == 0 ? pictures : "%d of %s finished before".formatted(done, pictures);
      terminal.line(
          done == total ? what : "%s; about %d MB of memory at most".formatted(what, megabytes));
    }
    pace = new Pace(terminal);
  }

  @Override
  public void willLookAtTiles(long tiles, double seconds) {
    said = tiles > 0;
    if (quiet) {
      return;
    }
    terminal.line(
        tiles == 0
            ? "no picture is large: --tiles changes nothing"
            : "large pictures are looked at in %d parts: about %s by a part that was timed, less where no class is found"
                .formatted(tiles, ProgressLine.clockTime(seconds)));
  }

  @Override
  public void tile(long done, long total, double secondsLeft) {
    if (!quiet && pace.isDue()) {
      terminal.status(
          "picture %d/%d  part %d/%d  ETA %s"
              .formatted(
                  picturesDone + 1, pictures, done, total, ProgressLine.clockTime(secondsLeft)));
    }
  }

  @Override
  public void went(int done, int total, double secondsLeft) {
    picturesDone = done;
    if (quiet) {
      return;
    }
    if (!said && done < total) {
      said = true;
      terminal.line("about " + ProgressLine.clockTime(secondsLeft) + " left, by the first picture");
    }
    if (pace.isDue()) {
      terminal.status(
          "picture %d/%d  ETA %s".formatted(done, total, ProgressLine.clockTime(secondsLeft)));
    }
  }

  @Override
  public void failed(String reason) {
    terminal.line("left out: " + reason);
  }
}
