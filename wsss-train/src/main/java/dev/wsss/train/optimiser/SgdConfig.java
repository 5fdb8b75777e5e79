package dev.wsss.train.optimiser;

import dev.wsss.api.config.Doc;

/** Stochastic gradient descent with momentum. */
@Doc("Stochastic gradient descent with momentum.")
public record SgdConfig(
    @Doc(value = "Momentum.", byDefault = "0.9", min = 0, max = 0.9999, origin = "choice")
        double momentum) {}
