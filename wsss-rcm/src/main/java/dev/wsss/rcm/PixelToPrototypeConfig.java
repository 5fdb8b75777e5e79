package dev.wsss.rcm;

import dev.wsss.api.config.Doc;

/** Keys of {@code pixel-to-prototype}. */
@Doc(
    "Contrasts the student's pixels with prototypes of the classes across two sizes of a picture"
        + " (PPC). The authors give it a slot's weight of 0.1.")
public record PixelToPrototypeConfig(
    @Doc(
            value =
                "Factor of the input size of the second view, on whose grid pixels are contrasted."
                    + " The authors take 128 of 448 pixels.",
            byDefault = "0.5",
            min = 0.1,
            max = 0.9,
            origin = "choice")
        double viewScale,
    @Doc(
            value =
                "Smallest share of its own maximum with which a class claims a pixel; below it, the"
                    + " pixel is background.",
            byDefault = "0.2",
            min = 0,
            max = 1,
            origin = "authors")
        double threshold,
    @Doc(
            value =
                "Pixels of the batch that make a class's prototype: those of largest share, weighted"
                    + " by it.",
            byDefault = "32",
            unit = "pixels",
            min = 1,
            origin = "authors")
        int pixels,
    @Doc(
            value =
                "Factor T on the cosines of pixels and prototypes before the softmax; larger is"
                    + " sharper. The paper's τ is 1/T.",
            byDefault = "10.0",
            min = 0,
            max = 80,
            origin = "paper")
        double temperature,
    @Doc(
            value = "Factor of the contrast with the other view's prototypes, by the own labels.",
            byDefault = "1.0",
            min = 0,
            origin = "paper")
        double crossPrototypeWeight,
    @Doc(
            value = "Factor of the contrast with the own prototypes, by the other view's labels.",
            byDefault = "1.0",
            min = 0,
            origin = "paper")
        double crossCamWeight,
    @Doc(
            value =
                "Factor of the contrast with the own prototypes by the own labels; without the"
                    + " paper's mining of hard pixels and prototypes, and so off.",
            byDefault = "0.0",
            min = 0,
            origin = "choice")
        double intraViewWeight,
    @Doc(
            value =
                "Channels of a linear projection of its own, on which pixels and prototypes are"
                    + " compared (0: none, the features that the maps are made of). Only the loss"
                    + " sees it.",
            byDefault = "128",
            unit = "channels",
            min = 0,
            max = 65536,
            origin = "authors")
        int projection) {

  public PixelToPrototypeConfig {
    if (crossPrototypeWeight == 0 && crossCamWeight == 0 && intraViewWeight == 0) {
      throw new IllegalArgumentException(
          "cross-prototype-weight, cross-cam-weight and intra-view-weight are all 0, so that"
              + " nothing is learned; raise one, or leave the slot out");
    }
  }
}
