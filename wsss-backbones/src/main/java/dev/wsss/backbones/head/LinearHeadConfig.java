package dev.wsss.backbones.head;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Initialisation;

/** Keys of {@link LinearHead}. */
public record LinearHeadConfig(
    @Doc(
            value = "Starting values of the classifier.",
            byDefault = "fan-in-uniform",
            origin = "choice")
        Initialisation initialisation) {}
