package dev.wsss.backbones.head.segmentation;

import dev.wsss.api.config.Doc;
import java.util.List;

/** Keys of {@link DeepLabV2}. */
@Doc("The head of DeepLab-v2: parallel 3×3 convolutions of several dilations, summed.")
public record DeepLabV2Config(
    @Doc(
            value =
                "Grid cells between those that a branch's 3×3 convolution reads, a branch each; the"
                    + " paper's are for a stride of 8.",
            byDefault = "[6, 12, 18, 24]",
            unit = "cells",
            origin = "paper")
        List<Integer> dilations) {

  public DeepLabV2Config {
    dilations = Dilations.check(dilations);
  }
}
