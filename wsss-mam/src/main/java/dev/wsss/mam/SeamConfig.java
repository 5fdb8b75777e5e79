package dev.wsss.mam;

import dev.wsss.api.config.Doc;

/** Keys of {@code seam}. */
@Doc("Asks the student for the same maps at two sizes of a picture (SEAM); no teacher.")
public record SeamConfig(
    @Doc(
            value = "Factor of the input size of the second look, whose grid maps are compared on.",
            byDefault = "0.3",
            min = 0.1,
            max = 0.9,
            origin = "paper")
        double scale,
    @Doc(
            value = "Factor of the loss between the maps of both looks.",
            byDefault = "1.0",
            min = 0,
            origin = "paper")
        double equivarianceWeight,
    @Doc(
            value =
                "Factor of the loss between maps of one look and maps of the other that pixel"
                    + " correlation has spread. The authors' 1 trains layers of the correlation's"
                    + " own and never the network; here there are none, so it moves the features"
                    + " that the maps are made of.",
            byDefault = "0.0",
            min = 0,
            origin = "choice")
        double correlationWeight,
    @Doc(
            value =
                "Share of a picture's pixels, those of largest error, that count in the correlation"
                    + " loss.",
            byDefault = "0.2",
            min = 0.001,
            max = 1,
            origin = "paper")
        double hardestShare) {

  public SeamConfig {
    if (equivarianceWeight == 0 && correlationWeight == 0) {
      throw new IllegalArgumentException(
          "equivariance-weight and correlation-weight are both 0, so that nothing is learned; raise"
              + " one, or leave the slot out");
    }
  }
}
