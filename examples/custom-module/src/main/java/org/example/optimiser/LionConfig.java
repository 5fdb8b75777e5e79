package org.example.optimiser;

import dev.wsss.api.config.Doc;

/** Keys of the {@code lion} optimiser; rate, schedule and decay stand beside them. */
@Doc("Lion (Chen et al. 2023): steps of one size in the direction of the momentum's sign.")
public record LionConfig(
    @Doc(value = "Share β₁ of the momentum in a step's direction.", byDefault = "0.9", min = 0, max = 1)
        double direction,
    @Doc(value = "Share β₂ of the momentum that is kept.", byDefault = "0.99", min = 0, max = 1)
        double momentum) {}
