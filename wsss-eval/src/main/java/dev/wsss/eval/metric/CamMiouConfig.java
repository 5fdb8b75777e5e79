package dev.wsss.eval.metric;

import dev.wsss.api.config.Doc;
import java.util.HashSet;
import java.util.List;

/** Which thresholds {@link CamMiou} reports. */
@Doc("Mean IoU, precision and recall of class activation maps at a threshold.")
public record CamMiouConfig(
    @Doc(
            value =
                "How the threshold between background and foreground is chosen: fixed is a number"
                    + " given, held-out the best one on training pictures set apart, share the one"
                    + " below which background-share of the reported pictures' pixels lie, whatever"
                    + " their masks, oracle the best one on the reported pictures themselves. Each"
                    + " mode gives its own numbers.",
            byDefault = "[held-out, oracle]",
            origin = "choice")
        List<ThresholdMode> modes,
    @Doc(
            value = "Threshold of mode fixed; a whole multiple of 1/bins.",
            byDefault = "0.3",
            min = 0,
            max = 1,
            origin = "authors")
        double fixedThreshold,
    @Doc(
            value = "Share of pixels that are background; only for mode share.",
            byDefault = "0.75",
            min = 0,
            max = 1,
            origin = "choice")
        double backgroundShare,
    @Doc(
            value = "Number of thresholds, evenly spaced: 1/bins, 2/bins, … 1.",
            byDefault = "100",
            min = 1,
            max = 1000,
            origin = "choice")
        int bins) {

  public CamMiouConfig {
    modes = List.copyOf(modes);
    if (modes.isEmpty()) {
      throw new IllegalArgumentException(
          "modes is empty; name at least one of fixed, held-out, share, oracle");
    }
    if (new HashSet<>(modes).size() != modes.size()) {
      throw new IllegalArgumentException(
          "modes repeats itself: " + modes.stream().map(ThresholdMode::label).toList());
    }
    if (bins < 1) {
      throw new IllegalArgumentException("bins is " + bins + "; at least 1");
    }
    long index = Math.round(fixedThreshold * bins);
    if (!(Math.abs(fixedThreshold * bins - index) < 1e-9) || index < 1 || index > bins) {
      long nearest = Math.max(1, Math.min(bins, index));
      throw new IllegalArgumentException(
          "fixed-threshold is "
              + fixedThreshold
              + "; with bins: "
              + bins
              + " it is a whole multiple of 1/"
              + bins
              + " up to 1; the nearest is "
              + nearest / (double) bins);
    }
  }

  /** Index j of the fixed threshold j/bins. */
  int fixedIndex() {
    return (int) Math.round(fixedThreshold * bins);
  }
}
