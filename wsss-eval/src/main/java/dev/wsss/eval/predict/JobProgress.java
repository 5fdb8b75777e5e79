package dev.wsss.eval.predict;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is. The unit is a look of the network: one at each whole picture, and one at each
 * part of a picture that is looked at part by part. Both are of about the same size, so that the
 * time that is left goes by looks, and one large picture among small ones counts as what it is.
 *
 * <p>Used by several threads; the listener hears one at a time.
 */
final class JobProgress {
  /**
   * Looks that the timed part counts as: the first picture was also read, the first look warms up.
   */
  private static final int TRUST = 10;

  private final JobListener listener;
  private final OptionalDouble secondsPerLook;
  private final int total;
  private final int finishedBefore;
  private final long tiles;
  private final long looks;
  private final long start = System.nanoTime();
  private long tilesDone;
  private int pictures;

  /**
   * @param total pictures, those included that were finished before
   * @param secondsPerLook where it was timed
   */
  JobProgress(
      JobListener listener, List<PictureWork> work, int total, OptionalDouble secondsPerLook) {
    this.secondsPerLook = secondsPerLook;
    this.listener = listener;
    this.total = total;
    this.finishedBefore = total - work.size();
    this.tiles = tiles(work);
    this.looks = work.size() + tiles;
  }

  /** Parts of all pictures. */
  static long tiles(List<PictureWork> work) {
    return work.stream().mapToLong(PictureWork::tiles).sum();
  }

  /** A part of a picture was looked at. */
  synchronized void tile() {
    tilesDone++;
    listener.tile(tilesDone, tiles, secondsLeft());
  }

  /**
   * A picture was finished or left out.
   *
   * @param untouched parts of it that were not looked at: it shows no class, or was left out
   * @param reason why it was left out; null where it was not
   */
  synchronized void picture(int untouched, @Nullable String reason) {
    tilesDone += untouched;
    pictures++;
    if (reason != null) {
      listener.failed(reason);
    }
    listener.went(finishedBefore + pictures, total, secondsLeft());
  }

  /** Pictures that are done, those included that were finished before. */
  synchronized int done() {
    return finishedBefore + pictures;
  }

  private double secondsLeft() {
    double seconds = (System.nanoTime() - start) * 1e-9;
    long done = pictures + tilesDone;
    int trust = secondsPerLook.isPresent() ? TRUST : 0;
    return (seconds + trust * secondsPerLook.orElse(0)) / (done + trust) * (looks - done);
  }
}
