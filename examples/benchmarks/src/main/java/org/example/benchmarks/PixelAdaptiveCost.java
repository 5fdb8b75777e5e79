package org.example.benchmarks;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.refine.adaptive.AffinityForm;
import dev.wsss.eval.refine.adaptive.PixelAdaptive;
import dev.wsss.eval.refine.adaptive.PixelAdaptiveConfig;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * What pixel-adaptive refinement (pamr, six dilations, 10 rounds) takes on a drawn picture: 3
 * planes at 192×192 and 21 planes at 500×375, on one thread and on two, and how much of it the
 * weights are (no rounds). Prints medians and the fastest of runs after as many that do not count,
 * and what the calling thread allocates beside the result. Argument: how many runs of the large
 * picture; the small one has ten times as many.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Djmh.options=31 \
 *   -Dbenchmark.main=org.example.benchmarks.PixelAdaptiveCost
 * }</pre>
 */
public final class PixelAdaptiveCost {
  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);

  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

  private PixelAdaptiveCost() {}

  public static void main(String[] arguments) {
    int runs = Integer.parseInt(arguments[0]);
    for (int lanes = 1; lanes <= 2; lanes++) {
      for (int rounds : new int[] {10, 0}) {
        measure(3, 192, 192, rounds, lanes, 10 * runs);
        measure(21, 500, 375, rounds, lanes, runs);
      }
    }
  }

  private static void measure(int planes, int width, int height, int rounds, int lanes, int runs) {
    PixelAdaptiveConfig config =
        new PixelAdaptiveConfig(
            AffinityForm.PAMR,
            List.of(1, 2, 4, 8, 12, 24),
            rounds,
            Optional.empty(),
            Optional.empty());
    PixelAdaptive refiner = new PixelAdaptive(config, lanes);
    RgbImage picture = picture(width, height);
    ClassScores scores = RingOfBlots.scores(planes, width, height);
    double[] elapsed = new double[runs];
    double[] allocated = new double[runs];
    long processor = 0;
    for (int run = -runs; run < runs; run++) {
      if (run == 0) {
        processor = SYSTEM.getProcessCpuTime();
      }
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      refiner.refine(picture, scores, "a");
      elapsed[Math.max(0, run)] = (System.nanoTime() - start) * 1e-6;
      allocated[Math.max(0, run)] = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    }
    processor = SYSTEM.getProcessCpuTime() - processor;
    Arrays.sort(elapsed);
    Arrays.sort(allocated);
    System.out.printf(
        Locale.ROOT,
        "%d planes, %d×%d, %d rounds, %d thread(s): median %.1f ms, fastest %.1f ms,"
            + " processor %.1f ms; %.0f bytes beside the result%n",
        planes,
        width,
        height,
        rounds,
        lanes,
        elapsed[runs / 2],
        elapsed[0],
        processor * 1e-6 / runs,
        allocated[runs / 2] - 4.0 * scores.planes().length);
  }

  /** Two discs on a ground that grows lighter, with noise. */
  private static RgbImage picture(int width, int height) {
    Random random = new Random(1);
    byte[] rgb = new byte[3 * width * height];
    for (int p = 0; p < width * height; p++) {
      double x = (p % width) / (double) width;
      double y = p / width / (double) height;
      boolean one = Math.hypot(x - 0.3, y - 0.4) < 0.2;
      boolean two = Math.hypot(x - 0.7, y - 0.6) < 0.15;
      for (int c = 0; c < 3; c++) {
        double colour = one ? 200 - 60 * c : two ? 30 + 80 * c : 90 + 50 * y;
        rgb[3 * p + c] = (byte) Math.max(0, Math.min(255, colour + 8 * random.nextGaussian()));
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
