package dev.wsss.backbones.head.segmentation;

import dev.wsss.api.config.Doc;
import java.util.List;

/** Keys of {@link DeepLabV3Plus}. */
@Doc("The head of DeepLab-v3+: a pyramid of dilations, and a decoder that looks at finer features.")
public record DeepLabV3PlusConfig(
    @Doc(
            value =
                "Grid cells between those that a 3×3 convolution of the pyramid reads, a branch each;"
                    + " the paper's are for a stride of 16 and twice as large at 8.",
            byDefault = "[6, 12, 18]",
            unit = "cells",
            origin = "paper")
        List<Integer> dilations,
    @Doc(
            value = "Channels of each branch, of the projection and of the decoder.",
            byDefault = "256",
            unit = "channels",
            min = 1,
            max = 65536,
            origin = "paper")
        int channels,
    @Doc(
            value = "Channels to which the features at stride 4 are reduced.",
            byDefault = "48",
            unit = "channels",
            min = 1,
            max = 65536,
            origin = "paper")
        int levelChannels,
    @Doc(
            value =
                "none: convolutions have a bias, and images stay independent; batch: batch norm as in"
                    + " the paper, whose batches are of 16.",
            byDefault = "none",
            origin = "choice")
        Normalisation normalisation) {

  public DeepLabV3PlusConfig {
    dilations = Dilations.check(dilations);
  }
}
