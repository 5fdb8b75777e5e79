package dev.wsss.train.affinity;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Backbone;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.refine.DenseCrfConfig;
import dev.wsss.eval.refine.walk.RandomWalkConfig;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.config.SupervisedConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An affinity network, what it learns from, and the walk that it guides. */
@Doc("Random walk: carries scores to where a trained affinity network says they belong.")
public record AffinityConfig(
    @Doc(
            "Folder of a trained affinity network with the same keys; without one, wsss run trains"
                + " it.")
        Optional<Path> network,
    @Doc(
            "Network that turns pictures into features; in wsss run, without one, that of"
                + " network.")
        Choice<Backbone> backbone,
    @Doc(
            value =
                "Channels into which the backbone's last features go, the finest first and the"
                    + " output's last; a backbone that shows fewer takes the last of these.",
            byDefault = "[64, 128, 256]",
            min = 1,
            max = 4096,
            origin = "authors")
        List<Integer> channels,
    @Doc(
            value =
                "Step of the grid on which affinities are told: that of the coarsest of these"
                    + " features that is not coarser.",
            byDefault = "8",
            unit = "pixels",
            min = 1,
            max = 64,
            origin = "authors")
        int stride,
    @Doc(
            value =
                "Exponent α of the background (1 − max)^α that is large: what is a class beside it"
                    + " is labelled so.",
            byDefault = "4.0",
            min = 0.001,
            max = 1000,
            origin = "authors")
        double alphaLow,
    @Doc(
            value =
                "Exponent α of the background that is small: what is background even so is labelled"
                    + " so. What is neither is not learned.",
            byDefault = "32.0",
            min = 0.001,
            max = 1000,
            origin = "authors")
        double alphaHigh,
    @Doc(value = "The CRF that both are refined by.", byDefault = "{preset: cam}")
        DenseCrfConfig crf,
    @Doc("How training pictures are varied.") AugmentationConfig augmentation,
    @Doc(value = "Optimiser and its schedule.", byDefault = "{type: sgd}")
        OptimiserConfig optimiser,
    @Doc(value = "Length, batch and seed of training.", byDefault = "{epochs: 8}")
        SupervisedConfig training,
    @Doc("The walk; its radius is also that of the pairs that are learned.")
        RandomWalkConfig walk) {

  public AffinityConfig {
    channels = List.copyOf(channels);
    if (channels.isEmpty()) {
      throw new IllegalArgumentException(
          "channels is empty; it names those of the output at least");
    }
    if (!(alphaLow < alphaHigh)) {
      throw new IllegalArgumentException(
          "alpha-low is %s, not below alpha-high, which is %s".formatted(alphaLow, alphaHigh));
    }
  }
}
