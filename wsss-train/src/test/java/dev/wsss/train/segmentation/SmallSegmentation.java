package dev.wsss.train.segmentation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.config.ScoredData;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.ArrayList;
import java.util.List;

/** Segmentation of drawn pictures with a tiny network. */
final class SmallSegmentation {
  private static final ClassLoader CLASSES = SmallSegmentation.class.getClassLoader();

  /** Reads configurations. */
  static final ConfigLoader LOADER = new ConfigLoader(PluginCatalog.discover(CLASSES), CLASSES);

  private SmallSegmentation() {}

  static SegmentationConfig config(String... assignments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "network.backbone={type: tiny, width: 8}",
                "network.head={type: large-field-of-view, channels: 16, dilation: 2}",
                "optimiser={rate: 0.02, new-layer-rate-factor: 1}",
                "augmentation={long-side-min: 0, long-side-max: 0, crop: 48}",
                "training={epochs: 2, batch: 4}",
                "prediction={scales: [1], flip: false}"));
    all.addAll(List.of(assignments));
    return LOADER.bind(LOADER.load(all), SegmentationConfig.class);
  }

  static EngineConfig engine() {
    return LOADER.bind(LOADER.load(List.of("device=cpu")), EngineConfig.class);
  }

  /** Drawn pictures of two classes with exact masks. */
  static SegmentationDataset data(int train, int val) {
    return LOADER
        .bind(
            LOADER.load(
                List.of(
                    "data={type: synthetic, side: 48, classes: 2, train: %d, val: %d}"
                        .formatted(train, val))),
            ScoredData.class)
        .open();
  }
}
