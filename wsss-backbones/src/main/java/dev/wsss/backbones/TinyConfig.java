package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.backbones.layer.BatchNormMode;

/** Keys of {@link Tiny}. */
@Doc("Small residual network that trains from scratch, output stride 4.")
public record TinyConfig(
    @Doc(
            value = "Channels of the first layer; features have four times as many.",
            byDefault = "16",
            unit = "channels",
            min = 1,
            max = 256,
            origin = "choice")
        int width,
    @Doc(value = "What of batch normalisation learns.", byDefault = "trained", origin = "choice")
        BatchNormMode batchNorm,
    @Doc(value = "How pixels are normalised.", byDefault = "centred", origin = "choice")
        InputNormalisation input) {}
