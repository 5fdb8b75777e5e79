package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.api.refine.ScoreThreshold;
import dev.wsss.eval.store.MapStore;
import dev.wsss.eval.work.ItemLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The score below which a share of all pixels of pictures lie, each pixel with the largest score of
 * its picture's classes: the lowest whole multiple of 1/{@value #BINS} for which that is so.
 *
 * <p>Pixels are counted in whole numbers, so that neither the order of the pictures nor the number
 * of threads matters. A picture without a map above 0 counts too, as background.
 */
final class ScoreQuantile {
  private static final int BINS = 1000;

  private ScoreQuantile() {}

  /**
   * Reads the maps once.
   *
   * @param share 0…1
   * @return above 0, so that a pixel of score 0 is background; 1 where there are no pixels
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  static double of(List<Example> pictures, MapStore maps, double share) throws IOException {
    AtomicLongArray counts = new AtomicLongArray(BINS);
    List<Example> stored = pictures.stream().filter(e -> maps.leftOut(e.id()).isEmpty()).toList();
    ItemLoop.Work<Example> work =
        picture -> count(maps.maps(picture.id()).scores().score(), counts);
    new PictureLoop(SeedStage.NAME, 0, stored.size(), StageListener.SILENT)
        .run(stored, PictureLoop.threads(Runtime.getRuntime().availableProcessors(), () -> work));
    double[] histogram = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      histogram[bin] = counts.get(bin);
    }
    return Math.max(1, Math.ceil(ScoreThreshold.quantile(histogram, share))) / BINS;
  }

  private static void count(float[] scores, AtomicLongArray into) {
    long[] own = new long[BINS];
    for (float score : scores) {
      own[Math.min(BINS - 1, (int) ((double) score * BINS))]++;
    }
    for (int bin = 0; bin < BINS; bin++) {
      into.addAndGet(bin, own[bin]);
    }
  }
}
