package org.example.metric;

import dev.wsss.api.config.Doc;

/** Keys of the {@code exact-labels} metric. */
@Doc("Share of pictures whose predicted classes are exactly their labels.")
public record ExactLabelsConfig(
    @Doc(value = "Probability from which a class counts as predicted.", byDefault = "0.5", min = 0, max = 1)
        double threshold) {}
