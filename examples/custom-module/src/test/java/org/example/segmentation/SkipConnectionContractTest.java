package org.example.segmentation;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.testing.SegmentationHeadContract;

final class SkipConnectionContractTest extends SegmentationHeadContract {

  @Override
  protected SegmentationHead create(FeatureLevels features, ClassNames classes) {
    return new SkipConnection(new SkipConnectionConfig(8), features, classes);
  }
}
