package dev.wsss.backbones.head.segmentation;

import dev.wsss.api.config.Doc;

/** Keys of {@link LargeFieldOfView}. */
@Doc("The head of DeepLab-LargeFOV: two dilated 3×3 convolutions, 1×1 to background and classes.")
public record LargeFieldOfViewConfig(
    @Doc(
            value = "Channels of the two 3×3 convolutions; the paper's network has 1024.",
            byDefault = "512",
            unit = "channels",
            min = 1,
            max = 65536,
            origin = "authors")
        int channels,
    @Doc(
            value = "Grid cells between those that a 3×3 convolution reads.",
            byDefault = "12",
            unit = "cells",
            min = 1,
            max = 256,
            origin = "paper")
        int dilation,
    @Doc(
            value = "Probability with which dropout sets a value to zero in training.",
            byDefault = "0.5",
            min = 0,
            max = 0.95,
            origin = "paper")
        double dropout) {}
