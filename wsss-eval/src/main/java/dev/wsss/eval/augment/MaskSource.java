package dev.wsss.eval.augment;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;

/**
 * Where the masks to learn from come from: the data set itself, or pseudo labels. Called by several
 * threads at once.
 */
public interface MaskSource {

  /**
   * The mask of a picture, of the upright picture's size.
   *
   * @throws BadImageException if there is none, or it cannot be used; the message names the file
   */
  IndexMask mask(Example example) throws BadImageException;
}
