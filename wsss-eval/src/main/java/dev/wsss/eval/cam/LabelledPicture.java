package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import java.util.Optional;

/**
 * A decoded picture on its way through the network.
 *
 * @param example name and image-level labels
 * @param image pixels
 * @param truth exact mask where there is one, passed on to the metrics
 */
public record LabelledPicture(Example example, RgbImage image, Optional<IndexMask> truth) {

  /** Whether both can share a pass. */
  boolean hasSizeOf(LabelledPicture other) {
    return image.width() == other.image.width() && image.height() == other.image.height();
  }
}
