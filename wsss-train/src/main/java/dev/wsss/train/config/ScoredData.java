package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.ModuleConstructor;

/** The part of a run's configuration that says which pictures are scored; needs no network. */
public record ScoredData(
    @Doc("Data set with image-level labels.") Choice<SegmentationDataset> data,
    @Doc("Which split is scored and where thresholds are chosen.") ScoringConfig scoring) {

  /**
   * Binds that part of a configuration, and leaves the rest unread.
   *
   * @throws dev.wsss.api.config.ConfigException with every problem at its place
   */
  public static ScoredData bind(ConfigLoader loader, ConfigTree tree) {
    return loader.bind(tree.only("data", "scoring"), ScoredData.class);
  }

  /**
   * Opens the data set.
   *
   * @throws dev.wsss.api.data.DataException if it cannot be used
   */
  public SegmentationDataset open() {
    return new ModuleConstructor<SegmentationDataset>("data", data).makeFromConfig();
  }
}
