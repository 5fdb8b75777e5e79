package dev.wsss.backbones.head;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Initialisation;

/** Keys of {@link ProjectedHead}. */
@Doc("The paper's head: 1×1 to D channels, ReLU, 1×1, global average.")
public record ProjectedHeadConfig(
    @Doc(
            value = "Channels D of the projected features.",
            byDefault = "256",
            unit = "channels",
            min = 1,
            max = 65536,
            origin = "paper")
        int channels,
    @Doc(
            value = "Starting values of projection and classifier.",
            byDefault = "fan-in-uniform",
            origin = "choice")
        Initialisation initialisation) {}
