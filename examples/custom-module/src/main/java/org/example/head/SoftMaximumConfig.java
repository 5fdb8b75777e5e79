package org.example.head;

import dev.wsss.api.config.Doc;

/** Keys of the {@code soft-maximum} head. */
@Doc("Maps pooled by log-sum-exp (Pinheiro and Collobert 2015), between mean and maximum.")
public record SoftMaximumConfig(
    @Doc(value = "Sharpness r: near 0 the mean, large the maximum.", byDefault = "5", min = 0.01, max = 100)
        double sharpness) {}
