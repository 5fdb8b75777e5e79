package dev.wsss.train.config.fromdata;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.cam.LearnedPictures;
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

  private record Asked(Choice<SegmentationDataset> data, LearnedPictures learned) {}

  /**
   * The facts of the pictures that are learned.
   *
   * @throws dev.wsss.api.data.DataException if the data cannot be used
   */
  DataFacts of(Choice<SegmentationDataset> data, LearnedPictures learned) {
    return known.computeIfAbsent(new Asked(data, learned), MeasuredData::look);
  }

  private static DataFacts look(Asked asked) {
    SegmentationDataset data =
        new ModuleConstructor<SegmentationDataset>("data", asked.data()).makeFromConfig();
    return DataFacts.of(data, asked.learned().of(data));
  }
}
