package dev.wsss.train.config;

import dev.wsss.api.config.Doc;

/** Which split is scored and where thresholds are chosen. */
public record ScoringConfig(
    @Doc(value = "Split whose pictures are scored.", byDefault = "val") String split,
    @Doc(
            value =
                "Share of the training split on whose masks the held-out threshold is chosen; these"
                    + " pictures are left out when the training split itself is scored.",
            byDefault = "0.2",
            min = 0,
            max = 0.9,
            origin = "choice")
        double heldOutShare,
    @Doc(
            value = "Score every so many epochs, besides the last; 0 is only at the end.",
            byDefault = "0",
            unit = "epochs",
            min = 0,
            origin = "choice")
        int everyEpochs) {}
