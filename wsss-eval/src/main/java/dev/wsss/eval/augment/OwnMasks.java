package dev.wsss.eval.augment;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;

/** The exact masks of a data set, for full supervision as a yardstick. */
public record OwnMasks(SegmentationDataset data) implements MaskSource {

  @Override
  public IndexMask mask(Example example) throws BadImageException {
    return data.mask(example)
        .orElseThrow(
            () -> new BadImageException(example.id() + ": the data set has no mask of it"));
  }
}
