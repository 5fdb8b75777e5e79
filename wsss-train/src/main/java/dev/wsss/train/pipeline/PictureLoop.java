package dev.wsss.train.pipeline;

import dev.wsss.eval.work.ItemLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Works on the pictures of a stage with several threads, and tells how far it is. */
final class PictureLoop {
  private final String stage;
  private final StageListener listener;
  private final AtomicInteger done;
  private final int total;

  /**
   * @param done pictures that earlier sessions have done
   */
  PictureLoop(String stage, int done, int total, StageListener listener) {
    this.stage = stage;
    this.done = new AtomicInteger(done);
    this.total = total;
    this.listener = listener;
  }

  /** Work for so many threads. */
  static <T> List<ItemLoop.Work<T>> threads(int count, Supplier<ItemLoop.Work<T>> work) {
    return Stream.generate(work).limit(count).toList();
  }

  /**
   * Does the work on all pictures.
   *
   * @param threads each does its own {@code Work}
   * @throws CancellationException if the thread is interrupted
   */
  <T> void run(List<T> pictures, List<ItemLoop.Work<T>> threads) throws IOException {
    List<ItemLoop.Work<T>> counted = threads.stream().map(this::counted).toList();
    if (ItemLoop.run(stage, pictures, counted) == ItemLoop.End.INTERRUPTED) {
      throw new CancellationException(
          "stopped in stage %s after %d of %d pictures; the same command goes on from there"
              .formatted(stage, done.get(), total));
    }
  }

  private <T> ItemLoop.Work<T> counted(ItemLoop.Work<T> work) {
    return picture -> {
      work.on(picture);
      listener.picture(done.incrementAndGet(), total);
    };
  }
}
