package dev.wsss.backbones.head.segmentation;

import dev.wsss.api.config.Doc;

/** Keys of {@link ProjectedScores}. */
@Doc("The CAM head 'projected' with background as a class: 1×1 to D channels, ReLU, 1×1.")
public record ProjectedScoresConfig(
    @Doc(
            value = "Channels D of the projected features; those of the CAM head to start from it.",
            byDefault = "256",
            unit = "channels",
            min = 1,
            max = 65536,
            origin = "choice")
        int channels) {}
