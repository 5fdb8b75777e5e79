package dev.wsss.eval.augment;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.network.InputSpec;
import dev.wsss.eval.random.Seed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Prepares training batches with threads of its own, ahead of the step that takes them and across
 * the end of an epoch.
 *
 * <p>A batch depends on the seed, the epoch and its place in the epoch only: any number of workers
 * gives the same batches, and so does starting in the middle. An epoch visits the pictures in a
 * random order; those that do not fill a last batch are left out of it. Used by one thread, which
 * closes it.
 */
public final class BatchLoader implements AutoCloseable {
  private final Pictures pictures;
  private final Augmentation augmentation;
  private final int side;
  private final int batch;
  private final Seed seed;
  private final int depth;
  private final ExecutorService threads;
  private final Deque<Pending> ahead = new ArrayDeque<>();
  private volatile boolean closed;

  /** One batch on its way. */
  private record Pending(int epoch, int step, Future<HostBatch> result) {}

  /**
   * @param examples what an epoch visits; at least {@code batch}
   * @param batch pictures in a batch
   * @param workers threads that decode and augment
   * @throws DataException if the pictures do not fill one batch
   * @throws ConfigException if the batches that are held at once do not fit into memory
   */
  public BatchLoader(
      SegmentationDataset data,
      List<Example> examples,
      AugmentationConfig config,
      InputSpec input,
      int batch,
      long seed,
      OnBadImage onBadImage,
      int workers) {
    this(
        new Pictures(data, examples, Optional.empty(), config, onBadImage),
        config,
        input,
        batch,
        seed,
        workers);
  }

  private BatchLoader(
      Pictures pictures,
      AugmentationConfig config,
      InputSpec input,
      int batch,
      long seed,
      int workers) {
    requireOneBatch(pictures.examples(), batch);
    requireMemory(config, batch, workers);
    this.pictures = pictures;
    augmentation = new Augmentation(config, input);
    side = config.crop();
    this.batch = batch;
    this.seed = new Seed(seed).with("batches");
    depth = ahead(workers);
    threads = Executors.newFixedThreadPool(workers, BatchLoader::worker);
  }

  /**
   * A loader whose batches have labels: those of the masks, varied as their pictures are. The
   * pictures of a batch are what they would be without.
   *
   * @param examples what an epoch visits, each with a mask; at least {@code batch}
   */
  public static BatchLoader withMasks(
      SegmentationDataset data,
      List<Example> examples,
      MaskSource masks,
      AugmentationConfig config,
      InputSpec input,
      int batch,
      long seed,
      OnBadImage onBadImage,
      int workers) {
    Pictures pictures = new Pictures(data, examples, Optional.of(masks), config, onBadImage);
    return new BatchLoader(pictures, config, input, batch, seed, workers);
  }

  /**
   * Checks that an epoch has a step.
   *
   * @throws DataException if the pictures do not fill one batch
   */
  public static void requireOneBatch(List<Example> examples, int batch) {
    if (examples.size() < batch) {
      throw new DataException(
          "%d training pictures do not fill one batch of %d; batch may be at most %1$d here"
              .formatted(examples.size(), batch));
    }
  }

  /** How many batches are prepared before they are asked for. */
  private static int ahead(int workers) {
    return workers + 2;
  }

  /**
   * Checks that the batches that are held at once, those prepared ahead and the one in use, fit
   * into Java's memory.
   *
   * @throws ConfigException naming the largest crop that fits
   */
  public static void requireMemory(AugmentationConfig config, int batch, int workers) {
    requireMemory(config, batch, workers, Runtime.getRuntime().maxMemory());
  }

  static void requireMemory(AugmentationConfig config, int batch, int workers, long memory) {
    int held = ahead(workers) + 1;
    long bytes = Math.min(Integer.MAX_VALUE - 8L, memory / held / Float.BYTES) * Float.BYTES;
    long crop = config.crop();
    long needed = Float.BYTES * 3L * batch * crop * crop;
    if (needed > bytes) {
      throw new ConfigException(
          List.of(
              "augmentation.crop: is %d, which makes batches of %d MiB, of which %d are held at once; Java's memory has %d MiB (-Xmx), enough for crops of %d"
                  .formatted(
                      crop,
                      needed >> 20,
                      held,
                      memory >> 20,
                      (long) Math.sqrt(bytes / (Float.BYTES * 3.0 * batch)))));
    }
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "batch-loader");
    thread.setDaemon(true);
    return thread;
  }

  /** Batches in an epoch. */
  public int stepsPerEpoch() {
    return pictures.count() / batch;
  }

  /** Files that could not be decoded and were replaced, so far. */
  public int badImages() {
    return pictures.bad();
  }

  /**
   * The batches of an epoch from batch {@code firstStep} (0 is the first) to its end; the workers
   * start at once. {@code next()} waits for its batch and passes on what went wrong with it: a
   * {@link DataException} for a picture, where bad ones are not skipped.
   */
  public Iterator<HostBatch> epoch(int epoch, int firstStep) {
    prefetch(epoch, firstStep);
    return new Iterator<>() {
      private int step = firstStep;

      @Override
      public boolean hasNext() {
        return step < stepsPerEpoch();
      }

      @Override
      public HostBatch next() {
        if (!hasNext()) {
          throw new NoSuchElementException("epoch " + epoch + " has " + step + " batches");
        }
        return take(epoch, step++);
      }
    };
  }

  /** Stops the workers; batches on their way are lost. */
  @Override
  public void close() {
    closed = true;
    drop();
    threads.shutdown();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HostBatch take(int epoch, int step) {
    prefetch(epoch, step);
    Pending next = ahead.remove();
    prefetchMore();
    try {
      return next.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while waiting for a batch");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataException bad) {
        throw new DataException(String.valueOf(bad.getMessage()), bad);
      }
      throw new IllegalStateException(
          "batch %d of epoch %d could not be prepared: %s".formatted(step, epoch, e.getCause()),
          e.getCause());
    }
  }

  /** Makes batch {@code step} of {@code epoch} the next one, whatever was under way before. */
  private void prefetch(int epoch, int step) {
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    Pending next = ahead.peek();
    if (next == null || next.epoch() != epoch || next.step() != step) {
      drop();
      submit(epoch, step);
    }
    prefetchMore();
  }

  private void prefetchMore() {
    while (ahead.size() < depth) {
      Pending last = ahead.getLast();
      submit(last.epoch(), last.step() + 1);
    }
  }

  private void drop() {
    // Without an interrupt: it would break a file that is being read and look like a bad picture.
    ahead.forEach(pending -> pending.result().cancel(false));
    ahead.clear();
  }

  private void submit(int epoch, int step) {
    if (step < stepsPerEpoch()) {
      ahead.add(new Pending(epoch, step, threads.submit(() -> prepare(epoch, step))));
    } else {
      submit(epoch + 1, 0);
    }
  }

  private HostBatch prepare(int epoch, int step) {
    int[] order = order(epoch);
    int values = 3 * side * side;
    float[] images = new float[batch * values];
    byte[] labels = new byte[pictures.haveMasks() ? batch * side * side : 0];
    List<Example> examples = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      if (closed) {
        throw new CancellationException("the loader was closed");
      }
      int position = step * batch + i;
      RandomGenerator random = seed.with("picture").with(epoch).with(position).generator();
      Pictures.Picture picture = pictures.get(order[position], random);
      int at = i * values;
      if (picture.mask().isPresent()) {
        IndexMask mask = picture.mask().get();
        augmentation.apply(picture.image(), mask, random, images, at, labels, i * side * side);
      } else {
        augmentation.apply(picture.image(), random, images, at);
      }
      examples.add(picture.example());
    }
    return new HostBatch(images, side, examples, labels);
  }

  private int[] order(int epoch) {
    RandomGenerator random = seed.with("order").with(epoch).generator();
    int[] order = new int[pictures.count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
