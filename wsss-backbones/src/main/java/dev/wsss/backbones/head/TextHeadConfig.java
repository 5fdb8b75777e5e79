package dev.wsss.backbones.head;

import dev.wsss.api.config.Doc;
import java.nio.file.Path;

/** Keys of {@link TextHead}. */
@Doc("Maps from texts: how near a pixel's features are to those of each class's text, as in CLIP.")
public record TextHeadConfig(
    @Doc(
            "Features of a text of each class, K×D in the order of the classes, such as CLIP's of"
                + " \"a photo of a dog\": one tensor in numpy's .npz, safetensors or PyTorch's .pth.")
        Path features,
    @Doc(
            value = "Factor of the cosines.",
            byDefault = "100",
            min = 0.01,
            max = 10000,
            origin = "paper")
        double scale,
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
                    + " ln(prior / (1 - prior)).",
            byDefault = "0.5",
            min = 1e-4,
            max = 0.9999,
            origin = "paper")
        double prior)
    implements PoolingKeys {}
