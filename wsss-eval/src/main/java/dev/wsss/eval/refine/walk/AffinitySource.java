package dev.wsss.eval.refine.walk;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;

/** A trained affinity network, seen from the walk. Called by several threads at once. */
@FunctionalInterface
public interface AffinitySource {

  /**
   * The features of a picture.
   *
   * @param id names the picture, as in {@link dev.wsss.api.refine.PseudoLabelRefiner}
   * @throws BadImageException if there are none of this picture
   */
  AffinityGrid features(RgbImage picture, String id) throws BadImageException;
}
