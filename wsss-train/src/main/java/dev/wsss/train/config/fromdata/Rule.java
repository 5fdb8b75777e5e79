package dev.wsss.train.config.fromdata;

import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.image.PictureFile;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * How a value follows from the data. Each rule scales what was measured with the recipe for PASCAL
 * VOC ({@code voc12-base}) by arithmetic; {@code docs/decisions.md} says how it was chosen.
 */
enum Rule {
  /** Maps of zeros stand for what is known before anything is learned. */
  PRIOR("network.head.prior", "0.5") {
    @Override
    DerivedValue derive(DataFacts data, AugmentationConfig augmentation) {
      double share = data.share();
      String given =
          "%d of %d × %d labels are given"
              .formatted(data.labels(), data.pictures(), data.classes());
      if (share > LARGEST_PRIOR) {
        return value("0.5", given + ", and above a half a class would need no map to be there");
      }
      if (share < SMALLEST_PRIOR) {
        return value(Double.toString(SMALLEST_PRIOR), given + "; smaller ones were never tried");
      }
      return value(twoDigits(share), given);
    }
  },
  /** A step of the same length for every class. */
  RATE("optimiser.rate", "0.003") {
    @Override
    DerivedValue derive(DataFacts data, AugmentationConfig augmentation) {
      double rate = VOC_RATE * data.classes() / VOC_CLASSES;
      if (rate > LARGEST_RATE) {
        return value(
            Double.toString(LARGEST_RATE),
            "%d classes; larger ones were never seen to learn".formatted(data.classes()));
      }
      return value(
          twoDigits(rate),
          "the loss is a mean over classes: %s does for %d, so %s × %d / %2$d"
              .formatted(VOC_RATE, VOC_CLASSES, VOC_RATE, data.classes()));
    }

    @Override
    DerivedValue second(DerivedValue first) {
      return value(
          twoDigits(Double.parseDouble(first.value()) / 3),
          "a third of the first training's " + first.value());
    }
  },
  /** As many looks at pictures as sufficed there. */
  EPOCHS("training.epochs", "6") {
    @Override
    DerivedValue derive(DataFacts data, AugmentationConfig augmentation) {
      long epochs = Math.round((double) VOC_LOOKS / data.pictures());
      long bounded = Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, epochs));
      String reason = "%d pictures, shown %d times".formatted(data.pictures(), VOC_LOOKS);
      if (bounded < epochs) {
        reason = "%d pictures; more epochs would learn them by heart".formatted(data.pictures());
      } else if (bounded > epochs) {
        reason = "%d pictures; fewer epochs were never tried".formatted(data.pictures());
      }
      return value(Long.toString(bounded), reason);
    }

    @Override
    DerivedValue second(DerivedValue first) {
      return value(
          Long.toString(Math.round(Long.parseLong(first.value()) * 2 / 3.0)),
          "two thirds of the first training's " + first.value());
    }
  },
  /** The authors' 8, unless there are fewer pictures. */
  BATCH("training.batch", "1") {
    @Override
    DerivedValue derive(DataFacts data, AugmentationConfig augmentation) {
      return data.pictures() < BATCH_SIZE
          ? value(Integer.toString(data.pictures()), "there are no more pictures")
          : value(Integer.toString(BATCH_SIZE), "%d pictures".formatted(data.pictures()));
    }
  },
  /** No picture is scored larger than training shows one. */
  PICTURE_SIDE("cams.picture-side", Integer.toString(PictureFile.LONGEST_SIDE)) {
    @Override
    DerivedValue derive(DataFacts data, AugmentationConfig augmentation) {
      return ScoringSizes.of(augmentation).pictureSide(key(), data.longSide());
    }
  },
  /** Pictures are scored at the sizes that training shows the network. */
  SCALES("cams.scales", "[1]") {
    @Override
    DerivedValue derive(DataFacts data, AugmentationConfig augmentation) {
      return ScoringSizes.of(augmentation).scales(key(), data.longSide());
    }
  };

  private static final double SMALLEST_PRIOR = 0.001;
  private static final double LARGEST_PRIOR = 0.5;

  // voc12-base: 471 pictures, six times, at a rate of 0.003 for 20 classes.
  private static final double VOC_RATE = 0.003;
  private static final int VOC_CLASSES = 20;
  private static final int VOC_LOOKS = 6 * 471;
  private static final int LEAST_EPOCHS = 6;
  private static final int BATCH_SIZE = 8;

  /** The paper's. */
  private static final int MOST_EPOCHS = 40;

  /** Twice the rate of voc12-base; 0.01, three times that rate, did not learn there. */
  private static final double LARGEST_RATE = 0.006;

  private final String key;
  private final String placeholder;

  /**
   * @param placeholder a value with which the configuration can be checked before the data are read
   */
  Rule(String key, String placeholder) {
    this.key = key;
    this.placeholder = placeholder;
  }

  String key() {
    return key;
  }

  String placeholder() {
    return placeholder;
  }

  /** The value of a training that begins with pretrained weights. */
  abstract DerivedValue derive(DataFacts data, AugmentationConfig augmentation);

  /**
   * The value of the training after it, in the proportions of {@code voc12-subset-pipeline}.
   *
   * @param first that of the training before
   */
  DerivedValue second(DerivedValue first) {
    return first;
  }

  DerivedValue value(String value, String reason) {
    return new DerivedValue(key, value, reason);
  }

  /** A value that a person can remember: such rules are no finer. */
  static String twoDigits(double value) {
    return new BigDecimal(String.format(Locale.ROOT, "%.1e", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}
