package org.example.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.refine.CrfPreset;
import dev.wsss.eval.refine.DenseCrf;
import dev.wsss.eval.refine.DenseCrfConfig;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * What the dense CRF (preset cam, 10 iterations) takes on a photograph: 2 labels at 375×282 and 21
 * labels at 500×375, on one thread and on two. Prints medians of the processor time of all threads
 * and of the elapsed time, after as many runs that do not count, and what a run allocates.
 * Arguments: a photograph, how many runs.
 *
 * <pre>{@code
 * mvn -B -pl examples/benchmarks exec:exec -Dbenchmark.main=org.example.benchmarks.CrfCost \
 *   -Djmh.options="photograph.jpg 21"
 * }</pre>
 */
public final class CrfCost {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private CrfCost() {}

  public static void main(String[] arguments) throws IOException {
    BufferedImage photograph = ImageIO.read(new File(arguments[0]));
    int runs = Integer.parseInt(arguments[1]);
    for (int lanes = 1; lanes <= 2; lanes++) {
      measure(picture(photograph, 375, 282), 2, lanes, runs);
      measure(picture(photograph, 500, 375), 21, lanes, runs);
    }
    twoAtOnce(picture(photograph, 375, 282), 2, 4 * runs);
    twoAtOnce(picture(photograph, 500, 375), 21, runs);
  }

  /**
   * Pictures a second of two threads that share nothing, in place of one: as much as the two cores
   * of this machine can give.
   */
  private static void twoAtOnce(RgbImage picture, int labels, int runs) {
    ClassScores scores = RingOfBlots.scores(labels, picture.width(), picture.height());
    double[] gains = new double[5];
    for (int turn = -1; turn < gains.length; turn++) {
      double alone = elapsed(1, runs, picture, scores);
      double both = elapsed(2, runs, picture, scores);
      gains[Math.max(0, turn)] = 2 * alone / both;
    }
    System.out.printf(
        Locale.ROOT,
        "%d labels, two pictures at once, one a thread: %.2f times one (least %.2f)%n",
        labels,
        median(gains),
        least(gains));
  }

  /** Seconds until each of so many threads has refined a picture so many times. */
  private static double elapsed(int threads, int runs, RgbImage picture, ClassScores scores) {
    List<Thread> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      DenseCrf crf = new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM), 1);
      Thread thread =
          new Thread(
              () -> {
                for (int run = 0; run < runs; run++) {
                  crf.refine(picture, scores, "a");
                }
              });
      all.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : all) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void measure(RgbImage picture, int labels, int lanes, int runs) {
    DenseCrf crf = new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM), lanes);
    ClassScores scores = RingOfBlots.scores(labels, picture.width(), picture.height());
    // The system counts processor time in steps of 10 ms.
    int pictures = labels > 2 ? 1 : 10;
    double[] processor = new double[runs];
    double[] elapsed = new double[runs];
    double[] allocated = new double[runs];
    for (int run = -runs; run < runs; run++) {
      int at = Math.max(0, run);
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      for (int i = 0; i < pictures; i++) {
        crf.refine(picture, scores, "a");
      }
      elapsed[at] = (System.nanoTime() - start) * 1e-9 / pictures;
      processor[at] = (SYSTEM.getProcessCpuTime() - cpu) * 1e-9 / pictures;
      allocated[at] = (THREADS.getCurrentThreadAllocatedBytes() - bytes) / (double) pictures;
    }
    System.out.printf(
        Locale.ROOT,
        "%d labels, %d×%d, %d thread(s): processor %.3f s (least %.3f), elapsed %.3f s (least"
            + " %.3f), allocated %.0f bytes beside the result%n",
        labels,
        picture.width(),
        picture.height(),
        lanes,
        median(processor),
        least(processor),
        median(elapsed),
        least(elapsed),
        median(allocated) - 4.0 * scores.planes().length);
  }

  private static RgbImage picture(BufferedImage photograph, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(photograph, 0, 0, width, height, null);
    graphics.dispose();
    byte[] rgb = new byte[3 * width * height];
    for (int p = 0; p < width * height; p++) {
      int packed = scaled.getRGB(p % width, p / width);
      rgb[3 * p] = (byte) (packed >> 16);
      rgb[3 * p + 1] = (byte) (packed >> 8);
      rgb[3 * p + 2] = (byte) packed;
    }
    return new RgbImage(width, height, rgb);
  }

  private static double median(double[] values) {
    return sorted(values)[values.length / 2];
  }

  private static double least(double[] values) {
    return sorted(values)[0];
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
