package dev.wsss.train.optimiser;

import dev.wsss.api.config.Doc;

/** The rate falls as a power of what is left of the run. */
@Doc("rate · (1 − progress)^power.")
public record PolyConfig(
    @Doc(value = "Exponent of what is left.", byDefault = "0.9", min = 0, origin = "authors")
        double power) {}
