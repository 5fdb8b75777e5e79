package dev.wsss.eval.metric;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * What the mask of one picture, cut at a threshold, agrees with its truth in. Summed over pictures,
 * such counts give the mean IoU of a split ({@link #miou}), and of any draw of its pictures.
 *
 * @param picture its name
 * @param classes the mask indices that truth or prediction hold, ascending
 */
public record PictureCounts(String picture, List<OfClass> classes) {

  /**
   * Pixels of one mask index; those whose truth is {@link IndexMask#IGNORE} are not counted.
   *
   * @param index 0 for background, k + 1 for foreground class k
   * @param truth that are of this class
   * @param predicted that are said to be
   * @param agreed both
   */
  public record OfClass(int index, long truth, long predicted, long agreed) {

    private OfClass plus(OfClass other) {
      return new OfClass(
          index, truth + other.truth, predicted + other.predicted, agreed + other.agreed);
    }

    /** NaN for background that the truth never holds, which then claims nothing of its own. */
    double iou() {
      long union = index == 0 && truth == 0 ? 0 : truth + predicted - agreed;
      return union == 0 ? Double.NaN : agreed / (double) union;
    }
  }

  public PictureCounts {
    classes = List.copyOf(classes);
  }

  /**
   * Counts one picture; empty where it has no mask, or one without a pixel that counts.
   *
   * @param threshold from which a pixel is predicted as its winning class; else as background
   */
  public static Optional<PictureCounts> of(Prediction prediction, double threshold) {
    if (prediction.truth().isEmpty()) {
      return Optional.empty();
    }
    ScoreMap map = prediction.map();
    return of(
        prediction.example().id(),
        prediction.truth().get(),
        pixel -> map.maskIndex(pixel, threshold));
  }

  /**
   * Counts a mask of the truth's size; empty where the truth has no pixel that counts. A pixel that
   * the mask cannot tell is of no class.
   */
  public static Optional<PictureCounts> of(String picture, IndexMask exact, IndexMask mask) {
    return of(picture, exact, pixel -> mask.indices()[pixel] & 0xff);
  }

  private static Optional<PictureCounts> of(
      String picture, IndexMask exact, IntUnaryOperator saidOf) {
    byte[] indices = exact.indices();
    long[] truth = new long[256];
    long[] predicted = new long[256];
    long[] agreed = new long[256];
    for (int p = 0; p < indices.length; p++) {
      int index = indices[p] & 0xff;
      if (index != IndexMask.IGNORE) {
        int said = saidOf.applyAsInt(p);
        truth[index]++;
        predicted[said]++;
        if (said == index) {
          agreed[index]++;
        }
      }
    }
    List<OfClass> counted = new ArrayList<>();
    for (int index = 0; index < IndexMask.IGNORE; index++) {
      if (truth[index] > 0 || predicted[index] > 0) {
        counted.add(new OfClass(index, truth[index], predicted[index], agreed[index]));
      }
    }
    return counted.isEmpty() ? Optional.empty() : Optional.of(new PictureCounts(picture, counted));
  }

  /** Mean over the classes that the picture's truth or prediction holds. */
  public double iou() {
    return mean(classes.stream().mapToDouble(OfClass::iou).toArray());
  }

  /** IoU over all pictures by mask index; NaN where truth and prediction never hold the class. */
  public static double[] iouByClass(List<PictureCounts> pictures) {
    OfClass[] sums = new OfClass[256];
    for (PictureCounts picture : pictures) {
      for (OfClass own : picture.classes) {
        OfClass sum = sums[own.index];
        sums[own.index] = sum == null ? own : sum.plus(own);
      }
    }
    return Arrays.stream(sums).mapToDouble(sum -> sum == null ? Double.NaN : sum.iou()).toArray();
  }

  /** Mean IoU over all pictures, as {@link CamMiou} defines it; NaN without any. */
  public static double miou(List<PictureCounts> pictures) {
    return mean(iouByClass(pictures));
  }

  /** What masks of background alone would score. */
  public static double miouOfBackgroundAlone(List<PictureCounts> pictures) {
    return miou(pictures.stream().map(PictureCounts::asBackground).toList());
  }

  private PictureCounts asBackground() {
    long pixels = classes.stream().mapToLong(OfClass::truth).sum();
    List<OfClass> none = new ArrayList<>();
    long background = 0;
    for (OfClass own : classes) {
      if (own.index == 0) {
        background = own.truth;
      } else if (own.truth > 0) {
        none.add(new OfClass(own.index, own.truth, 0, 0));
      }
    }
    none.add(0, new OfClass(0, background, pixels, background));
    return new PictureCounts(picture, none);
  }

  private static double mean(double[] perClass) {
    return ThresholdCurve.Quality.mean(perClass);
  }
}
