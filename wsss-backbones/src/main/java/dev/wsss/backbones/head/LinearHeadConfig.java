package dev.wsss.backbones.head;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Initialisation;

/** Keys of {@link LinearHead}. */
@Doc("The classical head: 1×1 on the backbone's features, global average.")
public record LinearHeadConfig(
    @Doc(
            value = "Starting values of the classifier.",
            byDefault = "fan-in-uniform",
            origin = "choice")
        Initialisation initialisation) {}
