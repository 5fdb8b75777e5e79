package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.refine.PseudoLabelRefiner;
import java.util.Map;
import java.util.Optional;

/** How masks are made of the maps of pictures whose classes are known. */
public record PseudoLabelConfig(
    @Doc(
            value =
                "Where background comes from before any refiner: threshold is one score everywhere,"
                    + " power is (1 - the largest score of a class)^alpha, share is the score below"
                    + " which background-share of all pixels of the training pictures lie, otsu"
                    + " each picture's own score, which parts its pixels best. The last two read no"
                    + " masks.",
            byDefault = "threshold",
            origin = "choice")
        Background background,
    @Doc(
            value =
                "Score of background; where it is absent, the best one on pictures set apart"
                    + " (scoring.held-out-share), and where these have no masks that of"
                    + " background-share. Only for background threshold.",
            min = 0,
            max = 1,
            origin = "choice")
        Optional<Double> threshold,
    @Doc(
            value =
                "Share of pixels that are background, before any refiner; for background share,"
                    + " and for threshold where nothing else says which. Photographs of PASCAL VOC"
                    + " have 0.74 to 0.79.",
            byDefault = "0.75",
            min = 0,
            max = 1,
            origin = "choice")
        double backgroundShare,
    @Doc(
            value = "Exponent of the rule power: little background for a small one.",
            byDefault = "4.0",
            min = 1e-6,
            origin = "authors")
        double alpha,
    @Doc(
            "Named refiners, in their order; a refiner's type is its name unless it says"
                + " otherwise.")
        Map<String, Choice<PseudoLabelRefiner>> refine,
    @Doc(
            value =
                "Pixels where the best score is less than this above the next one are 255 in pseudo"
                    + " labels, so that nothing is learned from them. 0 is off.",
            byDefault = "0.0",
            min = 0,
            max = 1,
            origin = "choice")
        double doubt,
    @Doc(
            value =
                "Whether pseudo labels are written as COCO's JSON too, as run lengths and as"
                    + " polygons.",
            byDefault = "false")
        boolean coco) {

  /** Masks of the maps at the threshold that was chosen on pictures set apart, unrefined. */
  public static final PseudoLabelConfig USUAL =
      new PseudoLabelConfig(Background.THRESHOLD, Optional.empty(), 0.75, 4, Map.of(), 0, false);

  /** Where background comes from. */
  public enum Background {
    /** One score everywhere. */
    THRESHOLD,
    /** From the largest score of a class (Ahn and Kwak 2018). */
    POWER,
    /** One score everywhere, the quantile at which a given share of the pixels is background. */
    SHARE,
    /** One score everywhere in a picture, that of {@code BackgroundRule.Otsu}. */
    OTSU
  }
}
