package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.eval.work.ItemLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Two threads that label pictures: while the network looks at one, another is read or written. A
 * picture above {@link MemoryGuess#PIXELS_AT_ONCE} is alone, so that memory stays small.
 */
final class Workers {
  private static final int THREADS = 2;
  private static final int PIXELS_PER_PERMIT = 1000;
  private static final int PERMITS = (int) (MemoryGuess.PIXELS_AT_ONCE / PIXELS_PER_PERMIT);

  private final Predictor predictor;
  private final PredictionSettings settings;
  private final Path out;
  private final Journal journal;
  private final JobProgress progress;
  private final Semaphore room = new Semaphore(PERMITS, true);

  Workers(
      Predictor predictor,
      PredictionSettings settings,
      Path out,
      Journal journal,
      JobProgress progress) {
    this.predictor = predictor;
    this.settings = settings;
    this.out = out;
    this.journal = journal;
    this.progress = progress;
  }

  /**
   * Does all the work there is.
   *
   * @param total pictures, those included that were finished before
   * @param failed gets the reason for each picture that was left out, from several threads
   * @throws IOException if a file cannot be written
   * @throws CancellationException if the thread is interrupted
   */
  void run(List<PictureWork> work, int total, Map<Path, String> failed) throws IOException {
    List<ItemLoop.Work<PictureWork>> threads =
        Collections.nCopies(THREADS, own -> label(own, failed));
    if (ItemLoop.run("label", work, threads) == ItemLoop.End.INTERRUPTED) {
      throw new CancellationException(
          "stopped after %d of %d pictures; the same command goes on from there"
              .formatted(progress.done(), total));
    }
  }

  private void label(PictureWork own, Map<Path, String> failed) throws IOException {
    AtomicInteger seen = new AtomicInteger();
    String reason =
        label(
            own,
            (done, of) -> {
              seen.set(done);
              progress.tile();
            });
    if (reason != null) {
      failed.put(own.picture().file(), reason);
    }
    progress.picture(own.tiles() - seen.get(), reason);
  }

  /** Gives why the picture was left out; null where it was not. */
  private @Nullable String label(PictureWork own, TileListener tiles) throws IOException {
    Path file = own.picture().file();
    int permits = (int) Math.min(PERMITS, 1 + MemoryGuess.pixels(file) / PIXELS_PER_PERMIT);
    room.acquireUninterruptibly(permits);
    try {
      journal.add(own.run(predictor, settings, out, tiles));
      return null;
    } catch (BadImageException e) {
      return e.getMessage();
    } catch (OutOfMemoryError e) {
      return "%s: too large for Java's memory of %d MB (%s); WSSS_JAVA_OPTS=-Xmx… gives more"
          .formatted(file, Runtime.getRuntime().maxMemory() >> 20, e.getMessage());
    } finally {
      room.release(permits);
    }
  }
}
