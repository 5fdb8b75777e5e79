package dev.wsss.eval.refine.walk;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.image.MaskResize;
import dev.wsss.eval.refine.DenseCrf;

/**
 * The labels that an affinity network learns from (Ahn and Kwak 2018, section 3.2.1): what two runs
 * of the dense CRF on the same maps agree to be sure of.
 *
 * <p>With background {@code (1 − max)^α}, a small α makes much background: what is a class even
 * then is labelled so. A large α makes little: what is background even then is background, whatever
 * the other run says. All else is {@link IndexMask#IGNORE}. Only classes of the image-level labels
 * take part, since only they have maps. Safe for several threads.
 *
 * @param alphaLow exponent that makes much background, 4 in the paper
 * @param alphaHigh exponent that makes little background, 32 in the paper (24 in the authors' later
 *     code); above {@code alphaLow}
 * @param crf takes scores
 */
public record AffinityLabels(double alphaLow, double alphaHigh, DenseCrf crf) {

  public AffinityLabels {
    if (!(alphaLow < alphaHigh)) {
      throw new IllegalArgumentException(
          "alpha-low is %s and alpha-high %s; alpha-low makes more background and is the smaller"
              .formatted(alphaLow, alphaHigh));
    }
  }

  /**
   * Labels one picture. Without a class all of it is background.
   *
   * @param picture of any size; it is scaled to that of the maps
   * @param maps of the classes that the picture shows, 0…1
   * @return of the picture's size
   */
  public IndexMask of(RgbImage picture, PictureMaps maps) {
    if (maps.present().length == 0) {
      int pixels = picture.width() * picture.height();
      return new IndexMask(picture.width(), picture.height(), new byte[pixels]);
    }
    RgbImage looked =
        new BilinearResize(picture.width(), picture.height(), maps.width(), maps.height())
            .apply(picture);
    byte[] classes = labels(looked, maps, alphaLow);
    byte[] ground = labels(looked, maps, alphaHigh);
    for (int p = 0; p < classes.length; p++) {
      if (ground[p] == 0) {
        classes[p] = 0;
      } else if (classes[p] == 0) {
        classes[p] = (byte) IndexMask.IGNORE;
      }
    }
    IndexMask mask = new IndexMask(maps.width(), maps.height(), classes);
    return MaskResize.nearest(mask, picture.width(), picture.height());
  }

  private byte[] labels(RgbImage picture, PictureMaps maps, double alpha) {
    var scores =
        new BackgroundRule.Power(alpha)
            .beside(maps.width(), maps.height(), maps.present(), maps.scores());
    return crf.refine(picture, scores, maps.example().id()).labels().indices();
  }
}
