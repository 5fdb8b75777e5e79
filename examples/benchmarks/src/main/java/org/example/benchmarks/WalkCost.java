package org.example.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.refine.walk.AffinityGrid;
import dev.wsss.eval.refine.walk.RandomWalk;
import dev.wsss.eval.refine.walk.RandomWalkConfig;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the random walk (radius 5, β 8, 256 steps, 448 channels) takes beside its network: 2 labels
 * at 375×282 and 21 labels at 500×375, on a grid of an eighth, on one thread and on two. Prints
 * medians of the processor time of all threads and of the elapsed time, after as many runs that do
 * not count, and what a run allocates. Argument: how many runs.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Dbenchmark.main=org.example.benchmarks.WalkCost \
 *   -Djmh.options="21"
 * }</pre>
 */
public final class WalkCost {
  private static final int CHANNELS = 448;
  private static final int STRIDE = 8;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private WalkCost() {}

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    for (int lanes = 1; lanes <= 2; lanes++) {
      measure(375, 282, 2, lanes, runs);
      measure(500, 375, 21, lanes, runs);
    }
  }

  private static void measure(int width, int height, int labels, int lanes, int runs)
      throws Exception {
    RgbImage picture = new RgbImage(width, height, new byte[3 * width * height]);
    ClassScores scores = RingOfBlots.scores(labels, width, height);
    AffinityGrid grid = grid((width + STRIDE - 1) / STRIDE, (height + STRIDE - 1) / STRIDE);
    RandomWalk walk = new RandomWalk((seen, id) -> grid, RandomWalkConfig.USUAL, lanes);
    double[] processor = new double[runs];
    double[] elapsed = new double[runs];
    double[] allocated = new double[runs];
    for (int run = -runs; run < runs; run++) {
      int at = Math.max(0, run);
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      walk.refine(picture, scores, "a");
      elapsed[at] = (System.nanoTime() - start) * 1e-9;
      processor[at] = (SYSTEM.getProcessCpuTime() - cpu) * 1e-9;
      allocated[at] = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    }
    System.out.printf(
        Locale.ROOT,
        "%d labels, %d×%d, grid %d×%d, %d thread(s): processor %.3f s, elapsed %.3f s (least %.3f),"
            + " allocated %.1f MiB%n",
        labels,
        width,
        height,
        grid.width(),
        grid.height(),
        lanes,
        median(processor),
        median(elapsed),
        Arrays.stream(elapsed).min().orElse(0),
        median(allocated) / (1 << 20));
  }

  private static AffinityGrid grid(int width, int height) {
    SplittableRandom random = new SplittableRandom(1);
    float[] features = new float[CHANNELS * width * height];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble();
    }
    return new AffinityGrid(CHANNELS, width, height, features);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
