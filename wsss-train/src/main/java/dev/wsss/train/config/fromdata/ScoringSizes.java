package dev.wsss.train.config.fromdata;

import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.image.PictureFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sizes at which pictures are scored, such that the network sees things about as large as in
 * training, where pictures are resized.
 *
 * @param least longer side that training gives a picture, in pixels
 * @param most the largest; 0 where it keeps the size of pictures
 */
record ScoringSizes(int least, int most) {
  /** The authors'. */
  private static final List<Double> USUAL = List.of(0.5, 1.0, 1.5, 2.0);

  static ScoringSizes of(AugmentationConfig augmentation) {
    return new ScoringSizes(augmentation.longSideMin(), augmentation.longSideMax());
  }

  /** For {@code cams.picture-side}, where the pictures' longer side is about so many pixels. */
  DerivedValue pictureSide(String key, int longSide) {
    if (most == 0) {
      return value(key, PictureFile.LONGEST_SIDE, "training keeps the size of pictures");
    }
    if (longSide > most) {
      return value(key, (int) Math.round(middle()), ofPictures(longSide));
    }
    if (longSide < least) {
      long side = Math.round(most * longSide / middle());
      return value(
          key,
          (int) Math.max(1, Math.min(PictureFile.LONGEST_SIDE, side)),
          "%s; a larger picture would be enlarged beyond that".formatted(ofPictures(longSide)));
    }
    return value(key, most, "the largest that training shows");
  }

  /** For {@code cams.scales}, where the pictures that are looked at are of that longer side. */
  DerivedValue scales(String key, int longSide) {
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
    return new DerivedValue(key, yaml(middle() / longSide), ofPictures(longSide));
  }

  private String ofPictures(int longSide) {
    return "a longer side of %d; training shows %d to %d".formatted(longSide, least, most);
  }

  private double middle() {
    return (least + most) / 2.0;
  }

  private static DerivedValue value(String key, int pixels, String reason) {
    return new DerivedValue(key, Integer.toString(pixels), reason);
  }

  private static String yaml(double factor) {
    Set<String> scales = new LinkedHashSet<>();
    for (double usual : USUAL) {
      double scale = usual * factor;
      scales.add(
          scale <= CamConfig.LEAST_SCALE
              ? Double.toString(CamConfig.LEAST_SCALE)
              : Rule.twoDigits(Math.min(CamConfig.LARGEST_SCALE, scale)));
    }
    return scales.toString();
  }
}
