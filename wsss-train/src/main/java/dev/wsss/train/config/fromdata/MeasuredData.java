package dev.wsss.train.config.fromdata;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.plugin.ModuleConstructor;
import java.util.HashMap;
import java.util.Map;

/**
 * What the rules ask of data sets, each of which is opened once while this lives: the cells of an
 * ablation mostly share one. Used by one thread; data that change meanwhile are not looked at
 * again.
 */
public final class MeasuredData {
  private final Map<Asked, DataFacts> known = new HashMap<>();

  private record Asked(Choice<SegmentationDataset> data, String split) {}

  /**
   * The facts of a split.
   *
   * @throws dev.wsss.api.data.DataException if the data cannot be used
   */
  DataFacts of(Choice<SegmentationDataset> data, String split) {
    return known.computeIfAbsent(
        new Asked(data, split),
        asked ->
            DataFacts.of(
                new ModuleConstructor<SegmentationDataset>("data", asked.data()).makeFromConfig(),
                asked.split()));
  }
}
