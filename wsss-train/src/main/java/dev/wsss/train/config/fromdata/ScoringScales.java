package dev.wsss.train.config.fromdata;

import dev.wsss.eval.augment.AugmentationConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Factors at which pictures are scored, such that the network sees things about as large as in
 * training: there pictures are resized, in scoring they are not.
 */
final class ScoringScales {
  /** The authors'. */
  private static final List<Double> USUAL = List.of(0.5, 1.0, 1.5, 2.0);

  private static final double SMALLEST = 0.0625;
  private static final double LARGEST = 8;

  private ScoringScales() {}

  static DerivedValue derive(String key, int longSide, AugmentationConfig augmentation) {
    int least = augmentation.longSideMin();
    int most = augmentation.longSideMax();
    if (most == 0) {
      return new DerivedValue(key, yaml(1), "training keeps the size of pictures");
    }
    if (longSide >= least && longSide <= most) {
      return new DerivedValue(
          key,
          yaml(1),
          "a longer side of %d is one that training shows, %d to %d"
              .formatted(longSide, least, most));
    }
    double middle = (least + most) / 2.0;
    return new DerivedValue(
        key,
        yaml(middle / longSide),
        "a longer side of %d; training shows %d to %d".formatted(longSide, least, most));
  }

  private static String yaml(double factor) {
    Set<String> scales = new LinkedHashSet<>();
    for (double usual : USUAL) {
      double scale = usual * factor;
      scales.add(
          scale <= SMALLEST ? Double.toString(SMALLEST) : Rule.twoDigits(Math.min(LARGEST, scale)));
    }
    return scales.toString();
  }
}
