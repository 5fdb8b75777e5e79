package dev.wsss.eval.refine.adaptive;

import dev.wsss.api.config.Doc;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The keys of {@link PixelAdaptive}. */
@Doc("Pixel-adaptive: averages scores over neighbours of like colour, again and again.")
public record PixelAdaptiveConfig(
    @Doc(
            value =
                "How differences of colour become weights: pamr takes them as they are, par squares"
                    + " them and adds a little weight for near places.",
            byDefault = "pamr",
            origin = "authors")
        AffinityForm form,
    @Doc(
            value = "Distances of the eight neighbours, once each.",
            byDefault = "[1, 2, 4, 8, 12, 24]",
            unit = "pixels",
            min = 1,
            max = 4096,
            origin = "authors")
        List<Integer> dilations,
    @Doc(value = "Rounds of averaging.", byDefault = "10", min = 0, origin = "authors")
        int iterations,
    @Doc(
            value =
                "By how much of the standard deviation of the colours around it a neighbour may"
                    + " differ and still weigh much. Absent: 0.1 (pamr), 0.3 (par).",
            min = 0.001)
        Optional<Double> deviationFactor,
    @Doc(
            value =
                "Weight of near places beside that of colours, which is 1. Absent: 0 (pamr), 0.01"
                    + " (par).",
            min = 0)
        Optional<Double> positionWeight) {
  /** More would let sums of squares of colours leave what single precision holds exactly. */
  private static final int MOST_DILATIONS = 24;

  public PixelAdaptiveConfig {
    dilations = List.copyOf(dilations);
    if (dilations.isEmpty() || dilations.size() > MOST_DILATIONS) {
      throw new IllegalArgumentException(
          "dilations names %d distances; allowed are 1 to %d, such as [1, 2, 4]"
              .formatted(dilations.size(), MOST_DILATIONS));
    }
    if (new HashSet<>(dilations).size() != dilations.size()) {
      throw new IllegalArgumentException("dilations repeats a distance: " + dilations);
    }
    for (int dilation : dilations) {
      if (dilation < 1) {
        throw new IllegalArgumentException(
            "dilations holds " + dilation + "; distances are 1 pixel or more");
      }
    }
  }

  /** A form as its authors use it. */
  public static PixelAdaptiveConfig of(AffinityForm form) {
    return new PixelAdaptiveConfig(
        form, List.of(1, 2, 4, 8, 12, 24), 10, Optional.empty(), Optional.empty());
  }

  Affinities.Terms terms() {
    return new Affinities.Terms(
        form,
        deviationFactor.orElse(form.deviationFactor()),
        positionWeight.orElse(form.positionWeight()));
  }
}
