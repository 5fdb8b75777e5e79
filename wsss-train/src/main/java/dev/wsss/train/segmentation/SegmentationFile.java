package dev.wsss.train.segmentation;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.config.Doc;
import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.binding.ResolvedConfig;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What has to be known to open a trained segmentation network again: {@code segmentation.yaml} in
 * its folder, with every default.
 */
public record SegmentationFile(
    @Doc("Foreground classes in the order of the network's scores.") List<String> classes,
    @Doc("The network, its training and how it looks at pictures.") SegmentationConfig segmentation,
    @Doc("How the tensor engine computes.") EngineConfig engine) {
  private static final String NAME = "segmentation.yaml";

  private static final String ANY_DEVICE = "auto";

  /** What is written: the device is the machine's, so that training may go on on another. */
  static SegmentationFile of(
      ClassNames classes, SegmentationConfig segmentation, EngineConfig engine) {
    return new SegmentationFile(
        classes.foreground(), segmentation, new EngineConfig(engine.kernels(), ANY_DEVICE));
  }

  /** Whether a segmentation network was trained in a folder. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  /**
   * Reads it.
   *
   * @param overrides such as {@code engine.device=cpu}
   * @throws ConfigException if it is missing or damaged
   */
  static SegmentationFile read(Path folder, ConfigLoader loader, List<String> overrides) {
    ConfigTree tree = loader.load(folder.resolve(NAME), overrides);
    return loader.bind(tree, SegmentationFile.class);
  }

  /**
   * Writes it before training. How the network looks at pictures, on how many it is tried and how
   * many threads read them change nothing that is learned, and may be others than before.
   *
   * @throws TrainingException if the folder holds a network of another configuration
   */
  void write(Path folder) throws IOException {
    String text = ConfigTree.parse(ResolvedConfig.describe(nothing(), this), NAME).toYaml();
    Path file = folder.resolve(NAME);
    if (Files.isRegularFile(file) && !learned(Files.readString(file)).equals(learned(text))) {
      throw new TrainingException(
          file
              + " is of another configuration, so that its checkpoint is of another network; train"
              + " in a new folder, or delete this one");
    }
    WholeFile.write(file, to -> Files.writeString(to, text));
  }

  /** What the network's values depend on. */
  private static String learned(String text) {
    return ConfigTree.parse(text, NAME)
        .override("segmentation.prediction=null")
        .override("segmentation.training.workers=null")
        .override("segmentation.validation-pictures=null")
        .toYaml();
  }

  /** Where nothing was written: all values are in the record. */
  private static ConfigTree nothing() {
    return ConfigTree.parse("{}", NAME);
  }

  ClassNames classNames() {
    return new ClassNames(classes);
  }
}
