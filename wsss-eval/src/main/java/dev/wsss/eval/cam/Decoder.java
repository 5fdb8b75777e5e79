package dev.wsss.eval.cam;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Decodes pictures in order, a few ahead of the network, in a thread of its own. */
final class Decoder implements AutoCloseable {
  private static final int AHEAD = 8;

  private final SegmentationDataset data;
  private final Iterator<Example> examples;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread decoder = new Thread(task, "decode-for-scoring");
            decoder.setDaemon(true);
            return decoder;
          });

  Decoder(SegmentationDataset data, List<Example> examples) {
    this.data = data;
    this.examples = examples.iterator();
    fill();
  }

  private record Pending(Example example, Future<LabelledPicture> picture) {}

  /** A picture, or why there is none. */
  record Decoded(
      Example example, @Nullable LabelledPicture picture, @Nullable BadImageException cause) {}

  private void fill() {
    while (pending.size() < AHEAD && examples.hasNext()) {
      Example example = examples.next();
      Callable<LabelledPicture> decode =
          () -> new LabelledPicture(example, data.image(example), data.mask(example));
      pending.add(new Pending(example, thread.submit(decode)));
    }
  }

  /**
   * The next picture; null at the end.
   *
   * @throws CancellationException if the thread was interrupted, though the picture may be there
   */
  @Nullable Decoded next() {
    Pending next = pending.poll();
    if (next == null) {
      return null;
    }
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LabelledPicture picture = next.picture.get();
      return new Decoded(next.example, picture, null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadImageException bad) {
        return new Decoded(next.example, null, bad);
      }
      throw new IllegalStateException(
          "picture '" + next.example.id() + "' could not be decoded: " + e.getCause(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while scoring");
    } finally {
      fill();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
