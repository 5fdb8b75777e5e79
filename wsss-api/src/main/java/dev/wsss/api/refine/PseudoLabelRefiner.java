package dev.wsss.api.refine;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;

/**
 * Moves the scores of a picture's classes to where the picture has its edges.
 *
 * <p>Scores come from maps of class activation with a {@link BackgroundRule}, or from the refiner
 * before; labels are the largest of the scores that come out ({@link ClassScores#labels}). A
 * refiner that works on labels takes the largest of those that come in.
 *
 * <p>An implementation may inject its configuration record only. It is called by several threads at
 * once, for different pictures, and gives the same scores however many there are; it may compute on
 * the common pool of the JDK beside the calling thread.
 */
public interface PseudoLabelRefiner {

  /**
   * Refines the scores of one picture.
   *
   * @param picture of the scores' size; not changed
   * @param scores 0…1; not changed
   * @param id names the picture in its data set ({@link Example#id}), for refiners that know more
   *     of it, such as a file by that name; for others of no meaning, and no two calls need differ
   *     in it
   * @return new scores 0…1 of the same classes at the same size
   * @throws IllegalArgumentException if picture and scores differ in size
   * @throws BadImageException if what the refiner knows of this picture is missing or damaged; the
   *     message names the file and what is wrong
   */
  ClassScores refine(RgbImage picture, ClassScores scores, String id) throws BadImageException;

  /**
   * Says that a picture and its scores differ in size.
   *
   * @throws IllegalArgumentException if they do
   */
  static void requireOneSize(RgbImage picture, ClassScores scores) {
    if (picture.width() != scores.width() || picture.height() != scores.height()) {
      throw new IllegalArgumentException(
          "scores of %d×%d pixels for a picture of %d×%d"
              .formatted(scores.width(), scores.height(), picture.width(), picture.height()));
    }
  }
}
