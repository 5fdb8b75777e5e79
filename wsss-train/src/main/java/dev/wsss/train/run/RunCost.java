package dev.wsss.train.run;

import dev.wsss.train.progress.ProgressLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run took.
 *
 * @param trainingSeconds wall time over all sessions
 * @param trainedPerSecond pictures, mean over epochs; NaN where it is not known
 * @param scoringSeconds wall time
 * @param scored pictures that went through the network in it
 * @param peakMebibytes the most memory that the process held; 0 where the system does not say
 */
record RunCost(
    double trainingSeconds,
    double trainedPerSecond,
    double scoringSeconds,
    int scored,
    long peakMebibytes) {

  /** Names and numbers. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("training", ProgressLine.clockTime(trainingSeconds) + perSecond(trainedPerSecond)));
    rows.add(
        List.of(
            "scoring",
            ProgressLine.clockTime(scoringSeconds)
                + perSecond(scored / Math.max(scoringSeconds, 1e-9))));
    if (peakMebibytes > 0) {
      rows.add(
          List.of("most memory", String.format(Locale.ROOT, "%.2f GiB", peakMebibytes / 1024.0)));
    }
    return rows;
  }

  private static String perSecond(double pictures) {
    return Double.isFinite(pictures)
        ? String.format(Locale.ROOT, ", %.1f pictures a second", pictures)
        : "";
  }
}
