package dev.wsss.train.run;

import dev.wsss.api.listener.EpochReport;
import java.util.List;
import java.util.Locale;

/**
 * Notices modules whose regions cannot be right: they log the share of pixels that they take for
 * background as {@code slot/background}, and hardly any set of pictures has less than two fifths or
 * nearly nothing else. With wrong regions a loss teaches that grass is cow, and no weight mends
 * that.
 */
final class RegionCheck {
  private static final String LOGGED = "/background";
  private static final double LEAST = 0.4;
  private static final double MOST = 0.98;

  private RegionCheck() {}

  /** A sentence on each slot whose mean over an epoch is implausible. */
  static List<String> warnings(EpochReport report) {
    return report.means().entrySet().stream()
        .filter(mean -> mean.getKey().endsWith(LOGGED))
        .filter(mean -> mean.getValue() < LEAST || mean.getValue() > MOST)
        .map(mean -> warning(report.clock().epoch(), mean.getKey(), mean.getValue()))
        .toList();
  }

  private static String warning(int epoch, String name, double share) {
    String slot = name.substring(0, name.length() - LOGGED.length());
    return String.format(
        Locale.ROOT,
        "epoch %d: %s took %.0f %% of the pixels for background (%s in metrics.csv), where %.0f to"
            + " %.0f %% are plausible; its threshold does not fit these maps, and what it teaches is"
            + " probably wrong. %s",
        epoch,
        slot,
        100 * share,
        name,
        100 * LEAST,
        100 * MOST,
        share < LEAST
            ? "Raise the threshold, or let it follow the maps (rcm has threshold-rule: share)"
            : "Lower the threshold, let it follow the maps (rcm has threshold-rule: share), or begin later"
                + " (from-epoch)");
  }
}
