package dev.wsss.eval.report;

import dev.wsss.eval.metric.PictureCounts;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The difference in mIoU of two runs on the same pictures, with a bootstrap over pictures.
 *
 * <p>Each draw takes as many pictures as there are, with replacement, the same ones for both runs
 * of every pair, and computes the mIoU of each from the summed counts; the interval is the middle
 * share of the mean differences. It speaks of other pictures for these very networks, where {@link
 * PairedBootstrap} over seeds speaks of other networks on these pictures.
 */
public final class PairedPictures {
  private static final int DRAWS = 10_000;
  private static final double CONFIDENCE = 0.95;

  private final List<Pair> pairs;

  /** Both runs of a seed, with the same pictures in the same order. */
  public record Pair(List<PictureCounts> baseline, List<PictureCounts> other) {
    public Pair {
      if (baseline.size() != other.size()) {
        throw new IllegalArgumentException(
            baseline.size() + " pictures cannot be paired with " + other.size());
      }
    }
  }

  /**
   * @param pairs of one or more seeds
   */
  public PairedPictures(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** Mean of the differences in mIoU, other less baseline; NaN without pairs. */
  public double difference() {
    return pairs.stream()
        .mapToDouble(p -> PictureCounts.miou(p.other()) - PictureCounts.miou(p.baseline()))
        .average()
        .orElse(Double.NaN);
  }

  /** How many pictures of all pairs have a higher IoU than with the baseline, and a lower one. */
  long better() {
    return count(1);
  }

  long worse() {
    return count(-1);
  }

  private long count(int sign) {
    long count = 0;
    for (Pair pair : pairs) {
      for (int i = 0; i < pair.baseline().size(); i++) {
        double change = pair.other().get(i).iou() - pair.baseline().get(i).iou();
        count += Math.signum(change) == sign ? 1 : 0;
      }
    }
    return count;
  }

  /** 95 % of the draws; NaN for less than two pictures. */
  public PairedDifference.Interval interval() {
    int pictures = pairs.isEmpty() ? 0 : pairs.get(0).baseline().size();
    if (pictures < 2) {
      return PairedDifference.Interval.NONE;
    }
    List<Counts[]> counts =
        pairs.stream()
            .map(p -> new Counts[] {Counts.of(p.baseline()), Counts.of(p.other())})
            .toList();
    SplittableRandom random = new SplittableRandom(1);
    double[] differences = new double[DRAWS];
    int[] times = new int[pictures];
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < pictures; i++) {
        times[random.nextInt(pictures)]++;
      }
      double sum = 0;
      for (Counts[] pair : counts) {
        sum += pair[1].miou(times) - pair[0].miou(times);
      }
      differences[draw] = sum / counts.size();
    }
    Arrays.sort(differences);
    int cut = (int) Math.floor((1 - CONFIDENCE) / 2 * DRAWS);
    return new PairedDifference.Interval(differences[cut], differences[DRAWS - 1 - cut]);
  }

  /**
   * Counts of pictures, flat: for entry e of picture {@code pictures[e]} the mask index and three
   * counts.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Counts(int[] pictures, int[] indices, long[] values, long[] sums) {

    static Counts of(List<PictureCounts> pictures) {
      int entries = pictures.stream().mapToInt(picture -> picture.classes().size()).sum();
      Counts counts =
          new Counts(new int[entries], new int[entries], new long[3 * entries], new long[3 * 256]);
      int entry = 0;
      for (int i = 0; i < pictures.size(); i++) {
        for (PictureCounts.OfClass own : pictures.get(i).classes()) {
          counts.pictures[entry] = i;
          counts.indices[entry] = own.index();
          counts.values[3 * entry] = own.truth();
          counts.values[3 * entry + 1] = own.predicted();
          counts.values[3 * entry + 2] = own.agreed();
          entry++;
        }
      }
      return counts;
    }

    /** As {@link PictureCounts#miou} of the pictures, each taken so many times. */
    double miou(int[] times) {
      Arrays.fill(sums, 0);
      for (int e = 0; e < pictures.length; e++) {
        long n = times[pictures[e]];
        int at = 3 * indices[e];
        sums[at] += n * values[3 * e];
        sums[at + 1] += n * values[3 * e + 1];
        sums[at + 2] += n * values[3 * e + 2];
      }
      double sum = 0;
      int classes = 0;
      for (int index = 0; index < 256; index++) {
        long truth = sums[3 * index];
        long union = truth + sums[3 * index + 1] - sums[3 * index + 2];
        if (union > 0 && (index > 0 || truth > 0)) {
          sum += sums[3 * index + 2] / (double) union;
          classes++;
        }
      }
      return sum / classes;
    }
  }
}
