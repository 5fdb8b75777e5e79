package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Kernels;

/** How the tensor engine computes; no key changes what is computed. */
public record EngineConfig(
    @Doc(
            value =
                "tuned: layers in whatever way is fastest; plain: by the engine's own operations, one"
                    + " by one, to try first where something looks wrong.",
            byDefault = "tuned",
            origin = "choice")
        Kernels kernels) {}
