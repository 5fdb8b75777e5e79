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
        Initialisation initialisation,
    @Doc(
            value =
                "Probability that a class is given where its map is zero: logit = mean of the map +"
                    + " ln(prior / (1 - prior)). Near the share of labels that are 1, maps need not"
                    + " sink below zero before classes are told apart.",
            byDefault = "0.5",
            min = 1e-4,
            max = 0.9999,
            origin = "paper")
        double prior) {}
