package dev.wsss.train.cli;

import dev.wsss.train.ablation.Cell;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.progress.ProgressLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the runs that an ablation still has to train will take: each as long as its cell took
 * with other seeds, or where that is not known yet, as long as all that have finished.
 */
final class AblationTime {
  private final List<PlannedRun> left;
  private final Map<Cell, List<Double>> taken = new HashMap<>();

  /**
   * @param toTrain runs that are neither kept nor equal to another one
   */
  AblationTime(List<PlannedRun> toTrain) {
    this.left = new ArrayList<>(toTrain);
  }

  /** A run was trained, in so many seconds of work. */
  void trained(PlannedRun run, double seconds) {
    left.remove(run);
    taken.computeIfAbsent(run.cell(), cell -> new ArrayList<>()).add(seconds);
  }

  /** A run has failed. */
  void failed(PlannedRun run) {
    left.remove(run);
  }

  /**
   * A clause for people; empty where nothing is left.
   *
   * @param isSharing whether a run may find stages that an earlier one has made
   */
  String text(boolean isSharing) {
    if (left.isEmpty()) {
      return "";
    }
    double all = mean(taken.values().stream().flatMap(List::stream).toList());
    double seconds = 0;
    boolean isGuessed = false;
    for (PlannedRun run : left) {
      List<Double> own = taken.getOrDefault(run.cell(), List.of());
      seconds += own.isEmpty() ? all : mean(own);
      isGuessed |= own.isEmpty();
    }
    return "  about "
        + ProgressLine.clockTime(seconds)
        + " left"
        + (isSharing && isGuessed ? ", less where cells share stages" : "");
  }

  private static double mean(List<Double> seconds) {
    return seconds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
