package dev.wsss.eval.refine;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.image.BilinearResize;
import java.util.List;

/**
 * What is done with the maps of a picture before a mask is made of them: background is put beside
 * them, then one refiner after the other moves the scores. Safe for several threads.
 *
 * @param refiners in their order
 * @param settings a line that no chain with other refiners or other numbers has; a folder of masks
 *     is known by it
 */
public record Refinement(List<PseudoLabelRefiner> refiners, String settings) {
  public Refinement {
    refiners = List.copyOf(refiners);
  }

  /**
   * Refines the scores of a picture. Where no class is present, all is background and no refiner is
   * asked.
   *
   * @param picture of any size; it is scaled to that of the maps
   * @return scores at the size of the maps
   * @throws BadImageException if what a refiner knows of this picture is missing or damaged
   */
  public ClassScores refine(RgbImage picture, PictureMaps maps, BackgroundRule background)
      throws BadImageException {
    return refine(
        picture,
        background.beside(maps.width(), maps.height(), maps.present(), maps.scores()),
        maps.example().id());
  }

  /**
   * Refines scores that have background among them. Where no class is present, all is background
   * and no refiner is asked.
   *
   * @param picture of any size; it is scaled to that of the scores
   * @param id names the picture; see {@link PseudoLabelRefiner#refine}
   * @return scores at the same size
   * @throws BadImageException if what a refiner knows of this picture is missing or damaged
   */
  public ClassScores refine(RgbImage picture, ClassScores scores, String id)
      throws BadImageException {
    if (scores.present().length == 0) {
      return scores;
    }
    boolean hasSize = picture.width() == scores.width() && picture.height() == scores.height();
    RgbImage looked =
        hasSize
            ? picture
            : new BilinearResize(picture.width(), picture.height(), scores.width(), scores.height())
                .apply(picture);
    ClassScores refined = scores;
    for (PseudoLabelRefiner refiner : refiners) {
      refined = refiner.refine(looked, refined, id);
    }
    return refined;
  }
}
