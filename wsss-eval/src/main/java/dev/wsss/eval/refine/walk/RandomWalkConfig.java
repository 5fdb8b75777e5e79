package dev.wsss.eval.refine.walk;

import dev.wsss.api.config.Doc;

/** The numbers of {@link RandomWalk}. */
@Doc("Random walk: carries scores to where a trained network says that they belong.")
public record RandomWalkConfig(
    @Doc(
            value = "Cells less than this apart are joined.",
            byDefault = "5",
            unit = "cells",
            min = 2,
            max = 32,
            origin = "authors")
        int radius,
    @Doc(
            value = "Exponent β on affinities; more keeps scores from crossing weak edges.",
            byDefault = "8.0",
            min = 0,
            max = 1000,
            origin = "authors")
        double beta,
    @Doc(
            value = "The walk has 2 to the power of this many steps.",
            byDefault = "8",
            min = 0,
            max = 12,
            origin = "authors")
        int logt,
    @Doc(
            value =
                "Exponent α of the score (1 − max)^α of background that walks with the classes; 0"
                    + " keeps the score that comes in.",
            byDefault = "16.0",
            min = 0,
            max = 1000,
            origin = "authors")
        double alpha) {

  /** As the authors use it: radius 5, β = 8, 256 steps, α = 16. */
  public static final RandomWalkConfig USUAL = new RandomWalkConfig(5, 8, 8, 16);
}
