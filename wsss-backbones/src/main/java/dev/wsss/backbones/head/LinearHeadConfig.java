package dev.wsss.backbones.head;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Initialisation;

/** Keys of {@link LinearHead}. */
@Doc("The classical head: 1×1 on the backbone's features, pooled.")
public record LinearHeadConfig(
    @Doc(
            value = "Starting values of the classifier.",
            byDefault = "fan-in-uniform",
            origin = "choice")
        Initialisation initialisation,
    @Doc(
            value =
                "How a class's map becomes its logit: gap, the mean; gmp, the largest cell; lse,"
                    + " ln(mean(exp(r·A)))/r; top-k, the mean of the largest cells.",
            byDefault = "gap",
            origin = "paper")
        Pooling pooling,
    @Doc(
            value = "r of lse: near 0 as the mean, larger as the largest cell; others ignore it.",
            byDefault = "5",
            min = 1e-3,
            max = 1000,
            origin = "choice")
        double sharpness,
    @Doc(
            value = "Share of the cells that top-k takes the mean of; others ignore it.",
            byDefault = "0.2",
            min = 1e-4,
            max = 1,
            origin = "choice")
        double topShare,
    @Doc(
            value =
                "Probability that a class is given where its map is zero: logit = the pooled map +"
                    + " ln(prior / (1 - prior)). Near the share of labels that are 1, maps need not"
                    + " sink below zero before classes are told apart.",
            byDefault = "0.5",
            min = 1e-4,
            max = 0.9999,
            origin = "paper")
        double prior)
    implements PoolingKeys {}
