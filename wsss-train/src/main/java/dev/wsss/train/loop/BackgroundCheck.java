package dev.wsss.train.loop;

import dev.wsss.api.listener.EpochReport;
import java.util.List;
import java.util.Locale;

/**
 * Notices losses that are fed labels which cannot be right: hardly any set of pictures has less
 * than two fifths of background or nearly nothing else. With wrong labels a loss teaches that grass
 * is cow, and no weight mends that.
 */
public final class BackgroundCheck {
  private static final String LOGGED = "/background";
  private static final double LEAST = 0.4;
  private static final double MOST = 0.98;

  private BackgroundCheck() {}

  /**
   * A sentence on each self-supervision slot whose regions are implausible: by the mean over the
   * epoch of the share that it logs as {@code background}.
   */
  public static List<String> ofSlots(EpochReport report) {
    return report.means().entrySet().stream()
        .filter(mean -> mean.getKey().endsWith(LOGGED) && !plausible(mean.getValue()))
        .map(
            mean ->
                text(report, mean.getKey(), mean.getValue())
                    + "; its threshold does not fit these maps, and what it teaches is probably"
                    + " wrong. "
                    + (mean.getValue() < LEAST
                        ? "Raise the threshold, or let it follow the maps (rcm has threshold-rule:"
                            + " otsu and share)"
                        : "Lower the threshold, let it follow the maps (rcm has threshold-rule:"
                            + " otsu and share), or begin later (from-epoch)"))
        .toList();
  }

  /**
   * The same of masks that a network learns from.
   *
   * @param key under which the share is logged
   */
  public static List<String> ofMasks(EpochReport report, String key) {
    double share = report.means().getOrDefault(key, LEAST);
    return plausible(share)
        ? List.of()
        : List.of(
            text(report, key, share)
                + "; what it learns is probably wrong: "
                + (share < LEAST ? "raise" : "lower")
                + " the threshold of the masks (pseudo-labels.threshold, or alpha-low and"
                + " alpha-high of a random walk's labels)");
  }

  private static boolean plausible(double share) {
    return share >= LEAST && share <= MOST;
  }

  private static String text(EpochReport report, String key, double share) {
    return String.format(
        Locale.ROOT,
        "epoch %d: %s took %.0f %% of the pixels for background (%s in metrics.csv), where %.0f to"
            + " %.0f %% are plausible",
        report.clock().epoch(),
        key.substring(0, key.length() - LOGGED.length()),
        100 * share,
        key,
        100 * LEAST,
        100 * MOST);
  }
}
