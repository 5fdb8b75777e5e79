package dev.wsss.train.ablation;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.run.Run;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data sets of an ablation's cells, each opened once: most cells share one, and reading its lists
 * and labels takes a while.
 */
final class CellData {
  private final Map<Choice<SegmentationDataset>, Opened> data = new HashMap<>();

  /** A data set, or why it cannot be used. */
  private record Opened(@Nullable SegmentationDataset data, @Nullable RuntimeException failure) {}

  /**
   * @throws dev.wsss.api.data.DataException if it cannot be used
   */
  SegmentationDataset of(PlannedRun run) {
    Opened opened = data.computeIfAbsent(run.config().data(), choice -> open(run));
    if (opened.data() == null) {
      throw opened.failure();
    }
    return opened.data();
  }

  private static Opened open(PlannedRun run) {
    try {
      return new Opened(Run.dataOf(run.config()), null);
    } catch (RuntimeException e) {
      return new Opened(null, e);
    }
  }
}
